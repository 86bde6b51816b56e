/// What an event is written as.
package enum ExportFormat: String, Hashable, Sendable, CaseIterable {
    /// The record as `audit search --json` prints it.
    case jsonl
    /// Open Cybersecurity Schema Framework, as JSON.
    case ocsf
    /// Common Event Format, version 0.
    case cef
    case csv
    /// RFC 5424, with structured data.
    case syslog
}
