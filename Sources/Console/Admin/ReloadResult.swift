/// How a reload ended.
package enum ReloadResult: Hashable, Sendable {
    /// The policy now in force (`sha256:…`), and what `check` warns of.
    case applied(policy: String, warnings: [String])
    /// The old policy stays in force. Each line is `FILE:LINE: message`.
    case refused([String])
}
