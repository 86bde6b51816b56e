package import AccessModel
internal import AuditLog
internal import Crypto

/// A record on its way out: joined with its session and its outcome, and bound to its place in the ledger.
package struct AuditEvent: Sendable {
    /// The joined record, as `audit search --json` prints it.
    package let line: [UInt8]
    package let members: JSONMembers
    package let id: String
    package let index: UInt64
    package let time: Timestamp
    package let session: String?
    package let kind: String
    /// SHA-256(0x00 || record) of the record as the ledger has it, in hexadecimal: its leaf in a log of RFC 6962.
    package let leaf: String

    /// Nil where the line is not a record's.
    package init?(joined line: [UInt8], record: [UInt8]) {
        guard let members = JSONMembers(line), let opening = RecordOpening(line), let kind = members.string("kind")
        else {
            return nil
        }
        self.line = line
        self.members = members
        id = opening.id.description
        index = opening.index
        time = opening.time
        session = members.string("session")
        self.kind = kind
        var hasher = SHA256()
        hasher.update(data: [0])
        hasher.update(data: record)
        leaf = Hexadecimal.string(hasher.finalize())
    }

    // MARK: Parts

    var principal: JSONMembers? { members.object("principal") }
    var source: JSONMembers? { members.object("source") }
    var target: JSONMembers? { members.object("target") }
    var command: JSONMembers? { members.object("command") }
    var decision: JSONMembers? { members.object("decision") }
    var outcome: JSONMembers? { members.object("outcome") }
    var provenance: JSONMembers? { members.object("provenance") }
    var refusal: JSONMembers? { members.object("refusal") }
    var close: JSONMembers? { members.object("close") }
    var approval: JSONMembers? { members.object("approval") }
    var gateway: JSONMembers? { members.object("gateway") }

    var subject: String? { principal?.string("subject") }

    /// The role that decided; else the session's, with commas between them.
    package var role: String? {
        if let role = members.string("role") { return role }
        let names = objects(members, "roles").compactMap { $0.string("name") }
        return names.isEmpty ? nil : names.joined(separator: ",")
    }

    package var targetName: String? { target?.string("name") }
    package var decided: String? { decision?.string("outcome") }

    var effects: [JSONMembers] { command.map { objects($0, "effects") } ?? [] }

    func objects(_ from: JSONMembers, _ name: StaticString) -> [JSONMembers] {
        guard let range = from[name] else { return [] }
        return (from.text.elements(of: range) ?? []).compactMap { JSONMembers(from.text, in: $0) }
    }

    /// SQLSTATE of the target's error.
    var sqlState: String? {
        guard let error = outcome?.string("error"), error.utf8.count >= 5 else { return nil }
        let state = error.prefix(5)
        return state.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) } ? String(state) : nil
    }
}
