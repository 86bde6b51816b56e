package import AccessModel

/// What the admin socket asks of approvals; the composition root fills it.
package struct AdminApprovalPorts: Sendable {
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

    /// Nothing waits, and nobody is asked.
    package static let none = AdminApprovalPorts(
        list: { [] },
        find: { _ in nil },
        answer: { _, _ in .unknown },
        request: { _ in .unavailable("nobody can be asked") }
    )

    /// Each a JSON object: those that wait, oldest first, then those that ended lately.
    package var list: @Sendable () async -> [JSONBytes]
    /// Also what ended before the gateway started, as the ledger tells of it.
    package var find: @Sendable (ULID) async throws(ReadRefusal) -> JSONBytes?
    package var answer: @Sendable (ULID, Answer) async -> Result
    /// Asks about a change set, as the local operator.
    package var request: @Sendable (ChangeSetDraft) async -> ChangeSetPorts.Answer

    package init(
        list: @escaping @Sendable () async -> [JSONBytes],
        find: @escaping @Sendable (ULID) async throws(ReadRefusal) -> JSONBytes?,
        answer: @escaping @Sendable (ULID, Answer) async -> Result,
        request: @escaping @Sendable (ChangeSetDraft) async -> ChangeSetPorts.Answer
    ) {
        self.list = list
        self.find = find
        self.answer = answer
        self.request = request
    }
}
