package import AccessModel

/// What asking witnesses needs of the house.
package struct WitnessPorts: Sendable {
    /// Posts a request to a witness. It must end when its task is cancelled, follow no redirect, and read no more than
    /// `WitnessReply.longest`. Throws where there is no whole answer.
    package var post: @Sendable (LedgerWitness, [UInt8]) async throws -> WitnessReply
    package var now: @Sendable () -> Timestamp
    /// A clock that does not step.
    package var uptime: @Sendable () -> Duration
    package var sleep: @Sendable (Duration) async -> Void

    package init(
        post: @escaping @Sendable (LedgerWitness, [UInt8]) async throws -> WitnessReply,
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) {
        self.post = post
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }
}
