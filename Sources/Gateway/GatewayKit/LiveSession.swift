package import AccessModel

/// A session that is up, as operators see it.
package struct LiveSession: Sendable {
    package var id: ULID
    package var principal: Principal
    package var roles: [String]
    package var target: String
    package var database: String
    package var source: SourceEndpoint
    package var client: String?
    package var opened: Timestamp
    package var counts: SessionCounts
    /// Ends the session with a reason for its caller.
    package var kill: @Sendable (_ reason: String) -> Void

    package init(
        id: ULID,
        principal: Principal,
        roles: [String],
        target: String,
        database: String,
        source: SourceEndpoint,
        client: String?,
        opened: Timestamp,
        counts: SessionCounts,
        kill: @escaping @Sendable (String) -> Void
    ) {
        self.id = id
        self.principal = principal
        self.roles = roles
        self.target = target
        self.database = database
        self.source = source
        self.client = client
        self.opened = opened
        self.counts = counts
        self.kill = kill
    }
}
