internal import AccessModel

/// The live sessions, as the gateway tells them.
enum LiveSessionList {
    struct Entry {
        /// The session's JSON as the gateway wrote it.
        var text: ArraySlice<UInt8>
        var members: JSONMembers

        /// `orders-db/orders`
        var target: String {
            "\(members.string("target") ?? "?")/\(members.string("database") ?? "?")"
        }

        /// `gitlab project_path:finance/reconcile:…`
        var principal: String {
            guard let principal = members.object("principal") else { return "?" }
            return "\(principal.string("issuer") ?? "?") \(principal.string("subject") ?? "?")"
        }
    }

    static func fetch(_ client: AdminClient) async throws -> [Entry] {
        guard let entries = entries(try await client.get("/sessions")) else { throw client.unexpected }
        return entries
    }

    /// Empty where no gateway runs.
    static func fetchIfRunning(_ client: AdminClient) async throws -> [Entry] {
        guard let answer = try await client.getIfRunning("/sessions") else { return [] }
        guard let entries = entries(answer) else { throw client.unexpected }
        return entries
    }

    private static func entries(_ answer: AdminClient.Answer) -> [Entry]? {
        guard answer.status == 200, let members = answer.members, members["sessions"] != nil else { return nil }
        return members.elements("sessions").compactMap { range in
            JSONMembers(members.text, in: range).map { Entry(text: members.text.bytes[range], members: $0) }
        }
    }
}
