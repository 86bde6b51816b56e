package import AccessModel

/// A part of what a search found.
package struct RecordPage: Hashable, Sendable {
    package struct Place: Hashable, Sendable {
        package var index: UInt64
        package var time: Timestamp
    }

    /// Records as a search prints them, in the order asked for.
    package var lines: [[UInt8]] = []
    /// The index to go on behind; nil at the end.
    package var next: UInt64?
    /// Down to which record everything was looked at, where the time was over before the page was full.
    package var reached: Place?
}
