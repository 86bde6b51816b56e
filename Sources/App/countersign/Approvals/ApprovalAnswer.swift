internal import AccessModel
internal import AuditLog

/// Somebody's answer to an approval: to exactly what the gateway shows now.
struct ApprovalAnswer {
    let verb: String
    /// Nil: of the one command that waits.
    let id: ULID?
    let wait: Duration
    let reason: String?

    func give(_ client: any GatewayAccess, _ printer: Printer, json: Bool) async throws {
        let entry = try await find(client)
        let id = entry.id
        if !json {
            try ApprovalView(entry).print(to: printer)
            try printer.line()
        }
        let answer = try await client.answer(id, verb, digest: entry.digest, reason: reason)
        guard answer.status == 200, let members = answer.members else {
            throw answer.refusal.map { Failure("approval \(id): \($0)") } ?? client.unexpected
        }
        if json { try printer.object(answer.body) } else { try printer.line(words(members)) }
        try printer.flush()
    }

    private func find(_ client: any GatewayAccess) async throws -> ApprovalList.Entry {
        if let id { return try await ApprovalList.find(id, client) }
        return try await ApprovalList.only(client, within: wait)
    }

    private func words(_ members: JSONMembers) -> String {
        switch members.string("state") {
        case "approved" where members.object("change_set") != nil: "approved: its statements may run, each once"
        case "approved": "approved: it runs now"
        case "denied": "denied"
        default: "taken: \(members.number("missing") ?? 0) more must approve"
        }
    }
}
