package import AccessModel

/// A live session, as `sessions list` shows it.
package struct SessionSummary: Hashable, Sendable {
    package var id: ULID
    package var principal: Principal
    package var roles: [String]
    package var target: String
    package var database: String
    /// `10.20.3.4:51234`
    package var source: String
    package var opened: Timestamp
    package var commands: UInt64
    package var denied: UInt64

    package init(
        id: ULID,
        principal: Principal,
        roles: [String],
        target: String,
        database: String,
        source: String,
        opened: Timestamp,
        commands: UInt64,
        denied: UInt64
    ) {
        self.id = id
        self.principal = principal
        self.roles = roles
        self.target = target
        self.database = database
        self.source = source
        self.opened = opened
        self.commands = commands
        self.denied = denied
    }
}

extension JSONBytes {
    /// `{"id":"…","principal":{…},"roles":["…"],"target":"…","database":"…","source":"…","opened":"…Z","commands":7,"denied":1}`
    mutating func append(_ session: SessionSummary) {
        appendRaw("{")
        member("id")
        append(session.id.description)
        member("principal")
        append(session.principal)
        member("roles")
        append(session.roles)
        member("target")
        append(session.target)
        member("database")
        append(session.database)
        member("source")
        append(session.source)
        member("opened")
        append(session.opened.description)
        member("commands")
        append(session.commands)
        member("denied")
        append(session.denied)
        appendRaw("}")
    }
}
