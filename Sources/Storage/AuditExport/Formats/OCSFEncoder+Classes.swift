internal import AccessModel
internal import AuditLog

extension OCSFEncoder {
    // MARK: Datastore Activity

    mutating func encodeDatastore() {
        encodeActor()
        encodeSource()
        encodeDestination()
        open("database")
        text("name", event.target?.string("database") ?? event.targetName ?? "unknown")
        text("type", event.target?.string("type"))
        number("type_id", 1)
        close()
        let relation = onlyRelation
        if let relation {
            open("table")
            text("name", relation)
            close()
        }
        number("type_id", relation == nil ? 1 : 3)
        encodeQuery()
    }

    /// The relation, where the statement's effects name one and no other object.
    private var onlyRelation: String? {
        let rows: Set<String> = ["select", "insert", "update", "delete", "truncate"]
        guard event.effects.allSatisfy({ rows.contains($0.string("action") ?? "") }) else { return nil }
        let names = Set(event.effects.compactMap { $0.string("object") })
        return names.count == 1 ? names.first : nil
    }

    private mutating func encodeQuery() {
        guard terms.statements == .full, let command = event.command, let statement = command.string("text"),
            cut.limits.statement > 0
        else { return }
        open("query_info")
        json.member("query_string")
        json.append(cut.statement(statement, "query_string"))
        if let digest = command.string("sha256") {
            json.member("uid")
            json.append(digest)
        }
        number("bytes", statement.utf8.count)
        close()
    }

    // MARK: Authentication

    mutating func encodeAuthentication() {
        encodeUser("user")
        encodeSource()
        encodeDestination()
        open("service")
        json.member("name")
        json.append("countersign")
        close()
        number("auth_protocol_id", 4)
        json.member("is_remote")
        json.append(true)
        encodeSession()
    }

    // MARK: Entity Management

    mutating func encodeEntity() {
        let kind = event.kind.prefix { $0 != "." }
        if event.principal != nil { encodeActor() }
        open("entity")
        json.member("type")
        json.append(String(kind))
        let uid = event.members.string("policy") ?? event.members.object(kindName(kind))?.string("id")
        text("uid", uid ?? event.id)
        text("name", event.members.string("file"))
        number("type_id", kind == "policy" ? 5 : 99)
        if kind == "policy" {
            open("policy")
            text("uid", event.members.string("policy") ?? event.id)
            json.appendRaw(",\"is_applied\":true")
            close()
        }
        close()
        text("comment", event.approval?.string("reason"))
    }

    private func kindName(_ kind: Substring) -> StaticString {
        switch kind {
        case "approval": "approval"
        case "identity": "identity"
        default: "credential"
        }
    }

    // MARK: Application Lifecycle

    mutating func encodeLifecycle() {
        open("app")
        json.member("name")
        json.append("countersign")
        json.member("vendor_name")
        json.append("Countersign")
        text("version", event.gateway?.string("version"))
        close()
    }

    // MARK: Who and where

    private mutating func encodeActor() {
        open("actor")
        encodeUser("user")
        encodeSession()
        if let issuer = event.principal?.string("issuer"), !issuer.isEmpty {
            open("idp")
            text("name", issuer)
            close()
        }
        text("invoked_by", event.provenance?.string("pipeline"))
        if let decided = event.decided {
            json.appendRaw(",\"authorizations\":[{")
            text("decision", decided)
            if let policy = event.decision?.string("policy") {
                open("policy")
                text("uid", policy)
                text("name", event.decision?.string("grant"))
                close()
            }
            json.appendRaw("}]")
        }
        close()
    }

    /// A workload is a service; who is not known is called so.
    private mutating func encodeUser(_ name: StaticString) {
        open(name)
        defer { close() }
        guard let principal = event.principal, let subject = principal.string("subject"), !subject.isEmpty else {
            json.member("name")
            json.append("unknown")
            number("type_id", 0)
            return
        }
        text("name", subject)
        if let issuer = principal.string("issuer") { text("uid", "\(issuer):\(subject)") }
        text("type", principal.string("kind"))
        number("type_id", principal.string("kind") == "person" ? 1 : 4)
    }

    private mutating func encodeSession() {
        guard let session = event.session else { return }
        open("session")
        json.member("uid")
        json.append(session)
        text("issuer", event.principal?.string("issuer"))
        json.appendRaw(",\"is_remote\":true")
        close()
    }

    private mutating func encodeSource() {
        open("src_endpoint")
        defer { close() }
        guard let address = event.source?.string("address"), NetworkText.isAddress(address) else {
            json.member("name")
            json.append("unknown")
            return
        }
        json.member("ip")
        json.append(address)
        if let port = event.source?.number("port"), port <= 65_535 { number("port", Int(port)) }
        text("svc_name", event.source?.string("client"))
    }

    private mutating func encodeDestination() {
        guard let name = event.targetName, !name.isEmpty else { return }
        open("dst_endpoint")
        text("name", name)
        text("svc_name", event.target?.string("type"))
        close()
    }
}
