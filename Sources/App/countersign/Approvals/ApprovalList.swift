internal import AccessModel
internal import AuditLog

/// The approvals that the running gateway knows: those that wait, and those that ended lately.
struct ApprovalList {
    struct Entry {
        /// The approval's JSON as the gateway wrote it.
        let text: ArraySlice<UInt8>
        let members: JSONMembers

        var id: String { members.string("id") ?? "?" }
        var state: String { members.string("state") ?? "?" }
        var isWaiting: Bool { state == "waiting" }
        var digest: String { members.string("digest") ?? "" }
        var statement: String { members.object("command")?.string("text") ?? "" }
        var role: String { members.string("role") ?? "?" }

        var target: String {
            guard let target = members.object("target") else { return "?" }
            return "\(target.string("name") ?? "?")/\(target.string("database") ?? "?")"
        }
    }

    static func fetch(_ client: any GatewayAccess) async throws -> [Entry] {
        let answer = try await client.approvals()
        guard answer.status == 200, let members = answer.members, members["approvals"] != nil else {
            throw answer.refusal.map { Failure($0) } ?? client.unexpected
        }
        return members.elements("approvals").compactMap { range in
            JSONMembers(members.text, in: range).map { Entry(text: members.text.bytes[range], members: $0) }
        }
    }

    /// The one that waits, as soon as there is one.
    static func only(_ client: any GatewayAccess, within limit: Duration) async throws -> Entry {
        let deadline = ContinuousClock.now + limit
        while true {
            let waiting = try await fetch(client).filter(\.isWaiting)
            if waiting.count == 1 { return waiting[0] }
            guard waiting.isEmpty else {
                throw Failure("\(waiting.count) commands wait: name one, see `countersign approvals list`")
            }
            guard ContinuousClock.now < deadline else { throw Failure("nothing waits for an approval") }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    static func find(_ id: ULID, _ client: any GatewayAccess) async throws -> Entry {
        let answer = try await client.approval(id)
        guard answer.status != 404 else {
            throw Failure("no approval is \(id): see `countersign approvals list --all`")
        }
        guard answer.status == 200, let members = answer.members else {
            throw answer.refusal.map { Failure("approval \(id): \($0)") } ?? client.unexpected
        }
        return Entry(text: answer.body[...], members: members)
    }
}
