package import AccessModel

/// What the console asks of approvals; the composition root fills it.
package struct BoardPorts: Sendable {
    /// One person's answer to what they were shown.
    package struct Answer: Hashable, Sendable {
        package var isApproval: Bool
        package var reason: String?
        /// The digest of the command that was shown.
        package var digest: String
    }

    package enum Result: Sendable {
        /// The approval as it is now.
        case taken(JSONBytes)
        case unknown
        /// Why it was not taken, in words for whoever answered.
        case refused(String)
    }

    /// Each a JSON object, with `may_answer` for this person: those that wait, oldest first, then those that ended lately.
    package var list: @Sendable (SignedInPerson) async -> [JSONBytes]
    /// Also what ended before the gateway started, as the ledger tells of it.
    package var find: @Sendable (ULID, SignedInPerson) async throws(ReadRefusal) -> JSONBytes?
    package var answer: @Sendable (ULID, SignedInPerson, Answer) async -> Result
    /// An element whenever any approval changed.
    package var changes: @Sendable () -> AsyncStream<Void>

    package init(
        list: @escaping @Sendable (SignedInPerson) async -> [JSONBytes],
        find: @escaping @Sendable (ULID, SignedInPerson) async throws(ReadRefusal) -> JSONBytes?,
        answer: @escaping @Sendable (ULID, SignedInPerson, Answer) async -> Result,
        changes: @escaping @Sendable () -> AsyncStream<Void>
    ) {
        self.list = list
        self.find = find
        self.answer = answer
        self.changes = changes
    }

    package static let none = BoardPorts(
        list: { _ in [] },
        find: { _, _ in nil },
        answer: { _, _, _ in .unknown },
        changes: { AsyncStream { $0.finish() } }
    )
}
