package import AccessModel

/// What the console asks of sessions; the composition root fills it.
///
/// A SESSION is `{"id":"…","state":"live"|"ended"|"lost","principal":{"kind":"workload","issuer":"…","subject":"…"},
/// "roles":["…"],"target":{"name":"…","database":"…"},"source":{"address":"…","port":51234,"client":"psql"|null},
/// "opened":"…Z","ended":"…Z"|null,"commands":7|null,"denied":1|null,"end_reason":"…"|null}`. One is `lost` where its gateway
/// ended without a word of it; then nobody counted its commands.
package struct SessionPorts: Sendable {
    package struct Filter: Hashable, Sendable {
        package enum State: String, Hashable, Sendable, CaseIterable {
            case live
            /// Ended, or lost.
            case ended
        }

        package var state: State
        /// Each exactly; nil is any.
        package var principal: String?
        package var role: String?
        package var target: String?

        package init(state: State = .live, principal: String? = nil, role: String? = nil, target: String? = nil) {
            self.state = state
            self.principal = principal
            self.role = role
            self.target = target
        }
    }

    package enum KillResult: Hashable, Sendable {
        case ended
        /// No live session has this id.
        case unknown
        /// Somebody has ended it already, and it is on its way.
        case already
        /// The ledger does not take the record of it, so it lives on.
        case notRecorded
    }

    /// `{"sessions":[SESSION,…],"next":"CURSOR"|null,"live":12}`, those that began last first; `live` is how many live in all.
    package var list: @Sendable (Filter, PageRequest) async throws(ReadRefusal) -> JSONBytes
    /// `{"session":SESSION,"records":[RECORD,…],"next":"CURSOR"|null,"behind":0}`; nil where there is no such session. The
    /// records are all of the session, the oldest first: its beginning with claims, provenance and justification, its commands
    /// with their outcomes, approvals, its end.
    package var find: @Sendable (ULID, PageRequest) async throws(ReadRefusal) -> JSONBytes?
    /// Ends a live session, and records who did it, first. The reason is told to the session's caller.
    package var kill: @Sendable (ULID, SignedInPerson, _ reason: String?) async -> KillResult

    package init(
        list: @escaping @Sendable (Filter, PageRequest) async throws(ReadRefusal) -> JSONBytes,
        find: @escaping @Sendable (ULID, PageRequest) async throws(ReadRefusal) -> JSONBytes?,
        kill: @escaping @Sendable (ULID, SignedInPerson, String?) async -> KillResult
    ) {
        self.list = list
        self.find = find
        self.kill = kill
    }

    private static let refusal = ReadRefusal.unavailable("sessions are not connected")

    package static let none = SessionPorts(
        list: { _, _ throws(ReadRefusal) in throw refusal },
        find: { _, _ throws(ReadRefusal) in throw refusal },
        kill: { _, _, _ in .unknown }
    )
}
