/// How records hold the literals and parameters of a command.
package enum LiteralRecording: String, Hashable, Sendable, CaseIterable {
    case exact
    /// They are taken out; a keyed hash of the exact text stays.
    case redacted
}
