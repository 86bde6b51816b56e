package import AccessModel

/// What the API asks of change sets, with the token of a job; the composition root fills it.
package struct ChangeSetPorts: Sendable {
    package enum Answer: Sendable {
        /// The approval that waits.
        case made(JSONBytes)
        /// The token is not good for it; which part was wrong stands in the record alone.
        case unauthenticated
        /// Why this is no change set that anybody could approve, in words for whoever asked.
        case refused(String)
        /// Why it cannot be asked for now.
        case unavailable(String)
    }

    /// `source`: the address that the request came from.
    package var request: @Sendable (ChangeSetDraft, _ token: [UInt8], _ source: String) async -> Answer
    /// The approval of a change set that the same identity asked for; `refused` for everything else.
    package var find: @Sendable (ULID, _ token: [UInt8], _ source: String) async -> Answer

    package init(
        request: @escaping @Sendable (ChangeSetDraft, _ token: [UInt8], _ source: String) async -> Answer,
        find: @escaping @Sendable (ULID, _ token: [UInt8], _ source: String) async -> Answer
    ) {
        self.request = request
        self.find = find
    }

    /// Knows nobody's token.
    package static let none = ChangeSetPorts(
        request: { _, _, _ in .unauthenticated },
        find: { _, _, _ in .unauthenticated }
    )
}
