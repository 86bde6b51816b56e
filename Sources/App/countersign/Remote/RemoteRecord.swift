internal import AccessModel

/// One record, or one session, of a gateway elsewhere.
struct RemoteRecord {
    let api: APIClient

    /// The record as `audit search --json` prints it, and the statement where the record only names it; nil where there is
    /// none of this id.
    func record(_ id: ULID) async throws -> (line: [UInt8], text: String?)? {
        let answer = try await api.patientGet("/api/v1/records/\(id)")
        guard answer.status != 404 else { return nil }
        guard answer.status == 200, let members = answer.members else {
            throw answer.refusal.map { Failure($0) } ?? api.unexpected
        }
        guard let text = members.string("long_text"), let last = members.members.last,
            let before = members.members.dropLast().last
        else { return (answer.body, nil) }
        // The text is the last member, and no part of the record itself.
        guard members.text.string(at: last.value) == text else { throw api.unexpected }
        return (Array(members.text.bytes[..<before.value.upperBound]) + Array("}".utf8), text)
    }

    /// Prints a session; nil where there is none, else whether it lives.
    func printSession(_ id: ULID, to printer: Printer) async throws -> Bool? {
        var history = SessionHistory(printer)
        let pages = try await api.pages("/api/v1/sessions/\(id)")
        for page in pages {
            guard page.status != 404 else { return nil }
            guard page.status == 200, let members = page.members else {
                throw page.refusal.map { Failure($0) } ?? api.unexpected
            }
            for range in members.elements("records") { try history.add(Array(members.text.bytes[range])) }
        }
        try history.finish()
        return pages.first?.members?.object("session")?.string("state") == "live"
    }

    /// The file of `ledger prove`, once a checkpoint covers the record; nil where there is no record of this id.
    func bundle(_ id: ULID, within patience: Duration) async throws -> [UInt8]? {
        let answer = try await api.patientGet("/api/v1/records/\(id)/bundle", within: patience)
        guard answer.status != 404 else { return nil }
        guard answer.status == 200, answer.body.starts(with: Array("PK".utf8)) else {
            throw answer.refusal.map { Failure($0) } ?? api.unexpected
        }
        return answer.body
    }
}
