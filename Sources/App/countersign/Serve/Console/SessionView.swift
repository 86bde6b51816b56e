internal import AccessModel
internal import AuditLog
internal import GatewayKit
internal import SearchIndex
internal import Synchronization

/// A session as the API shows it: SESSION of `SessionPorts`.
struct SessionView {
    enum State: String {
        case live, ended, lost
    }

    var id: ULID
    var state: State
    var principal: Principal?
    var roles: [String]
    var target: (name: String?, database: String?)
    var source: (address: String?, port: UInt64?, client: String?)
    var opened: Timestamp
    var ended: Timestamp?
    var commands: UInt64?
    var denied: UInt64?
    var endReason: String?

    init(_ session: LiveSession) {
        id = session.id
        state = .live
        principal = session.principal
        roles = session.roles
        target = (session.target, session.database)
        source = (session.source.address, UInt64(session.source.port), session.client)
        opened = session.opened
        commands = UInt64(session.counts.commands.load(ordering: .relaxed))
        denied = UInt64(session.counts.denied.load(ordering: .relaxed))
    }

    /// Nil where the record of its beginning is none. A session whose end the index does not know yet counts as live.
    init?(_ session: IndexedSession) {
        guard let members = JSONMembers(session.opened), let opening = RecordOpening(session.opened) else { return nil }
        id = session.id
        principal = members.object("principal").flatMap { Principal($0) }
        roles = members.objects("roles").compactMap { $0.string("name") }
        let target = members.object("target")
        self.target = (target?.string("name"), target?.string("database"))
        let source = members.object("source")
        self.source = (source?.string("address"), source?.number("port"), source?.string("client"))
        opened = opening.time
        switch session.end {
        case .none: state = .live
        case .lost: state = .lost
        case .closed(let line):
            state = .ended
            ended = RecordOpening(line)?.time
            let close = JSONMembers(line)?.object("close")
            commands = close?.number("commands")
            denied = close?.number("denied")
            endReason = close?.string("reason")
        }
    }
}

extension Principal {
    init?(_ members: JSONMembers) {
        guard let kind = members.string("kind").flatMap(Kind.init(rawValue:)), let issuer = members.string("issuer"),
            let subject = members.string("subject")
        else { return nil }
        self.init(kind: kind, issuer: issuer, subject: subject)
    }
}

extension JSONBytes {
    mutating func append(_ session: SessionView) {
        appendRaw("{")
        member("id")
        append(session.id.description)
        member("state")
        append(session.state.rawValue)
        member("principal")
        if let principal = session.principal { append(principal) } else { appendNull() }
        member("roles")
        append(session.roles)
        member("target")
        appendRaw("{")
        member("name")
        append(session.target.name)
        member("database")
        append(session.target.database)
        appendRaw("}")
        member("source")
        appendRaw("{")
        member("address")
        append(session.source.address)
        member("port")
        append(session.source.port)
        member("client")
        append(session.source.client)
        appendRaw("}")
        member("opened")
        append(session.opened.description)
        member("ended")
        append(session.ended?.description)
        member("commands")
        append(session.commands)
        member("denied")
        append(session.denied)
        member("end_reason")
        append(session.endReason)
        appendRaw("}")
    }

    mutating func append(_ number: UInt64?) {
        if let number { append(number) } else { appendNull() }
    }
}
