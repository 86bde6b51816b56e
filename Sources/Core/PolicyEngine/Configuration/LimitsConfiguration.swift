/// The bounds of what the gateway takes in, holds and waits for.
package struct LimitsConfiguration: Hashable, Sendable {
    /// Bytes of one statement's text.
    package var statementBytes = 1 << 20
    /// Bytes of one message that carries data: Bind, CopyData.
    package var messageBytes = 64 << 20
    /// Live sessions.
    package var sessions = 10_000
    /// Live sessions of one role; nil for no bound but `sessions`.
    package var sessionsPerRole: Int?
    /// From the connection to the verified identity.
    package var authenticationTimeout = Duration.seconds(10)
    /// Connections that have not authenticated.
    package var halfOpen = 1_000
    /// How long a write to a client may make no progress.
    package var clientStall = Duration.seconds(60)
    /// Bytes that a session holds for a peer that is slower than the other.
    package var sessionBuffer = 1 << 20

    package init() {}
}

extension LimitsConfiguration {
    static func read(_ field: Field) -> LimitsConfiguration? {
        guard var map = MappingReader(field) else { return nil }
        let seconds: (Int) -> Duration = { .seconds($0) }
        var limits = LimitsConfiguration()
        limits.statementBytes = map.optional("statement_bytes", default: limits.statementBytes) {
            $0.bytes(in: 1 << 10...1 << 20)
        }
        limits.messageBytes = map.optional("message_bytes", default: limits.messageBytes) {
            $0.bytes(in: 1 << 16...1 << 30)
        }
        limits.sessions = map.optional("sessions", default: limits.sessions) { $0.integer(in: 1...1_000_000) }
        limits.sessionsPerRole = map.optional("sessions_per_role") { $0.integer(in: 1...1_000_000) }
        limits.authenticationTimeout = map.optional("authentication_timeout", default: limits.authenticationTimeout) {
            $0.duration(in: seconds(1)...seconds(300))
        }
        limits.halfOpen = map.optional("half_open", default: limits.halfOpen) { $0.integer(in: 1...1_000_000) }
        limits.clientStall = map.optional("client_stall", default: limits.clientStall) {
            $0.duration(in: seconds(1)...seconds(3600))
        }
        limits.sessionBuffer = map.optional("session_buffer", default: limits.sessionBuffer) {
            $0.bytes(in: 1 << 14...1 << 26)
        }
        map.finish()
        return limits
    }
}
