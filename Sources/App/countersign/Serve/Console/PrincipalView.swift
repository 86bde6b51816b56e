internal import AccessModel
internal import AuditLog
internal import SearchIndex

/// Somebody whom the index knows, as the API shows them.
struct PrincipalView {
    var principal: Principal
    var lastSession: ULID?
    var lastSeen: Timestamp?
    var roles: [String]

    init(_ known: IndexedPrincipal) {
        let members = JSONMembers(known.last)
        let kind = members?.object("principal")?.string("kind").flatMap(Principal.Kind.init(rawValue:))
        principal = Principal(kind: kind ?? .workload, issuer: known.issuer, subject: known.subject)
        lastSession = known.lastSession
        lastSeen = RecordOpening(known.last)?.time
        roles = members?.objects("roles").compactMap { $0.string("name") } ?? []
    }
}

extension JSONBytes {
    mutating func append(_ view: PrincipalView, live: [Principal: Int]) {
        appendRaw("{")
        member("kind")
        append(view.principal.kind.rawValue)
        member("issuer")
        append(view.principal.issuer)
        member("subject")
        append(view.principal.subject)
        member("last_session")
        append(view.lastSession?.description)
        member("last_seen")
        append(view.lastSeen?.description)
        member("roles")
        append(view.roles)
        member("live")
        append(Int64(live[view.principal] ?? 0))
        appendRaw("}")
    }
}
