package import AccessModel

/// A record with what its session and its outcome say: the form in which records are searched and exported.
package enum JoinedRecord {
    /// `session` is the record of the session's beginning, nil where the ledger has none; `outcome` the outcome's own JSON,
    /// or `null` for a command that is still running.
    package static func command(_ record: JSONMembers, session: JSONMembers?, outcome: [UInt8]) -> [UInt8] {
        let role = record.object("decision")?.string("role")
        var json = JSONBytes(reserving: 2048)
        json.appendRaw("{")
        for name in opening { copy(name, record, &json) }
        copy("principal", session, &json)
        json.member("role")
        json.append(role)
        json.member("owner")
        json.append(owner(of: role, session))
        for name in ["provenance", "source", "target"] as [StaticString] { copy(name, session, &json) }
        for name in ["command", "decision"] as [StaticString] { copy(name, record, &json) }
        copy("approval", record, &json)
        json.appendRaw(",\"masked\":")
        json.appendRaw(record.raw("masked") ?? Array("[]".utf8)[...])
        copy("reason", session, &json)
        json.member("outcome")
        json.appendRaw(outcome)
        json.appendRaw("}")
        return json.bytes
    }

    /// The end of a session with who it was.
    package static func closed(_ record: JSONMembers, session: JSONMembers) -> [UInt8] {
        var json = JSONBytes(reserving: 1024)
        json.appendRaw("{")
        for name in opening { copy(name, record, &json) }
        for name in ["principal", "roles", "provenance", "source", "target"] as [StaticString] {
            copy(name, session, &json)
        }
        copy("close", record, &json)
        json.appendRaw("}")
        return json.bytes
    }

    /// The outcome of a command that has none in the ledger.
    package static func outcome(_ status: Outcome.Status) -> [UInt8] {
        Array("{\"status\":\"\(status.rawValue)\",\"rows\":null,\"error\":null,\"duration_us\":null}".utf8)
    }

    private static let opening: [StaticString] = ["id", "index", "time", "session", "kind"]

    private static func copy(_ name: StaticString, _ from: JSONMembers?, _ json: inout JSONBytes) {
        json.member(name)
        if let value = from?.raw(name) { json.appendRaw(value) } else { json.appendNull() }
    }

    private static func owner(of role: String?, _ session: JSONMembers?) -> String? {
        guard let session, let range = session["roles"] else { return nil }
        return (session.text.elements(of: range) ?? []).lazy
            .compactMap { JSONMembers(session.text, in: $0) }
            .first { $0.string("name") == role }?
            .string("owner")
    }
}
