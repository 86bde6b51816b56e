internal import AccessModel

/// The live sessions, as the gateway tells them.
enum LiveSessionList {
    struct Entry {
        /// The session's JSON as the gateway wrote it.
        var text: ArraySlice<UInt8>
        var members: JSONMembers

        /// RFC 3339, in UTC.
        var opened: String { members.string("opened") ?? "?" }

        /// `orders-db/orders`; the API has an object where the admin socket has two texts.
        var target: String {
            if let target = members.object("target") {
                return "\(target.string("name") ?? "?")/\(target.string("database") ?? "?")"
            }
            return "\(members.string("target") ?? "?")/\(members.string("database") ?? "?")"
        }

        /// `10.20.3.4:51234`
        var source: String {
            if let source = members.object("source") {
                return "\(source.string("address") ?? "?"):\(source.number("port").map { String($0) } ?? "?")"
            }
            return members.string("source") ?? "?"
        }

        /// `gitlab project_path:finance/reconcile:…`
        var principal: String {
            guard let principal = members.object("principal") else { return "?" }
            return "\(principal.string("issuer") ?? "?") \(principal.string("subject") ?? "?")"
        }
    }

    /// The oldest first.
    static func fetch(_ gateway: any GatewayAccess) async throws -> [Entry] {
        let all = try await gateway.sessions().flatMap { answer in
            guard let entries = entries(answer) else { throw answer.refusal.map { Failure($0) } ?? gateway.unexpected }
            return entries
        }
        return all.sorted { $0.opened < $1.opened }
    }

    /// Empty where no gateway runs.
    static func fetchIfRunning(_ client: AdminClient) async throws -> [Entry] {
        guard let answer = try await client.getIfRunning("/sessions") else { return [] }
        guard let entries = entries(answer) else { throw client.unexpected }
        return entries
    }

    private static func entries(_ answer: GatewayAnswer) -> [Entry]? {
        guard answer.status == 200, let members = answer.members, members["sessions"] != nil else { return nil }
        return members.elements("sessions").compactMap { range in
            JSONMembers(members.text, in: range).map { Entry(text: members.text.bytes[range], members: $0) }
        }
    }
}
