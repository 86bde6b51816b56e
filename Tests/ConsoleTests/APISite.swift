import AccessModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import Console

/// A console whose people are who their bearer token says, and whose gateway notes what it is asked.
final class APISite: Sendable {
    static let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

    let queries = Mutex<[AuditQuery]>([])
    let pages = Mutex<[PageRequest]>([])
    let kills = Mutex<[String]>([])
    /// What every question is refused with.
    let refusal = Mutex<ReadRefusal?>(nil)

    private func answer() throws(ReadRefusal) -> JSONBytes {
        if let refusal = refusal.withLock({ $0 }) { throw refusal }
        var json = JSONBytes()
        json.appendRaw("{}")
        return json
    }

    private var audit: AuditPorts {
        AuditPorts(
            now: { Timestamp(seconds: 1_795_000_000) },
            search: { [self] query, _, page throws(ReadRefusal) in
                queries.withLock { $0.append(query) }
                pages.withLock { $0.append(page) }
                return try answer()
            },
            record: { [self] _ throws(ReadRefusal) in try answer() },
            facets: { [self] _ throws(ReadRefusal) in try answer() },
            proof: { _ throws(ReadRefusal) in throw .notYet("no checkpoint yet") },
            bundle: { [self] id, _ throws(ReadRefusal) in
                _ = try answer()
                return AuditPorts.EvidenceFile(name: "\(id).countersign", bytes: [1, 2, 3])
            },
            evidence: { [self] query, words, _ throws(ReadRefusal) in
                queries.withLock { $0.append(query) }
                _ = try answer()
                return words.contains("role none") ? nil : AuditPorts.EvidenceFile(name: words, bytes: [1, 2, 3])
            }
        )
    }

    private var data: DataPorts {
        DataPorts(
            audit: audit,
            sessions: SessionPorts(
                list: { [self] _, page throws(ReadRefusal) in
                    pages.withLock { $0.append(page) }
                    return try answer()
                },
                find: { [self] _, _ throws(ReadRefusal) in try answer() },
                kill: { [self] id, person, reason in
                    kills.withLock { kills in
                        kills.append("\(person.id) \(id) \(reason ?? "-")")
                        return kills.count == 1 ? .ended : .already
                    }
                }
            ),
            roles: RolePorts(
                list: { [self] () throws(ReadRefusal) in try answer() },
                find: { [self] name throws(ReadRefusal) in name == "job" ? try answer() : nil },
                principals: { [self] _ throws(ReadRefusal) in try answer() }
            ),
            explain: ExplainPorts { [self] _ throws(ReadRefusal) in try answer() }
        )
    }

    static func person(_ token: String) -> SignedInPerson? {
        let capabilities: [String: Set<Capability>] = [
            "auditor": [.auditor], "approver": [.approver], "administrator": [.administrator], "nobody": [],
        ]
        guard let own = capabilities[token] else { return nil }
        return SignedInPerson(
            id: "\(token)@example.com",
            name: token,
            groups: [],
            capabilities: own,
            aliases: [],
            authenticated: Timestamp(seconds: 0),
            isFresh: true,
            formToken: "form-of-\(token)",
            channel: "console"
        )
    }

    var console: some ApplicationProtocol {
        let people = PeoplePorts(
            url: "https://console.example",
            begin: { _, _ in (url: "https://id.example/authorize", browser: "browser") },
            finish: { _, _, _, _ in (session: "secret", returnTo: "/") },
            person: { APISite.person($0) },
            signOut: { _ in }
        )
        return Application(
            router: ConsoleRoutes(
                ports: ConsolePorts(readiness: { Readiness([]) }, metrics: { [] }, people: people, data: data)
            ).router
        )
    }

    /// The status, what the body says, and `Retry-After`.
    func ask(
        _ path: String,
        as token: String?,
        post form: String? = nil,
        headers more: HTTPFields = [:]
    ) async throws -> (status: Int, body: String, headers: HTTPFields) {
        var headers = more
        if let token { headers[.authorization] = "Bearer \(token)" }
        let sent = headers
        return try await console.test(.router) { client in
            try await client.execute(
                uri: "/api/v1" + path,
                method: form == nil ? .get : .post,
                headers: sent,
                body: form.map { ByteBuffer(string: $0) }
            ) { ($0.status.code, String(buffer: $0.body), $0.headers) }
        }
    }
}
