internal import AccessModel
internal import Console
internal import SearchIndex

/// The records of a gateway elsewhere, through its API, as the person who has logged in.
struct RemoteAudit {
    let api: APIClient
    private let filters: [(String, String)]

    /// `kinds`: where `--kind` says nothing; `all` is every kind.
    init(_ api: APIClient, _ filters: AuditFilters, kinds: String?) {
        self.api = api
        self.filters = filters.parameters(now: SystemClock.now(), kinds: kinds)
    }

    struct Page {
        /// A record a line, as `audit search --json` prints them.
        var lines: [[UInt8]]
        /// The cursor that goes on; nil at the end.
        var next: String?
        /// Down to which record everything was looked at, where the page is short for want of time.
        var reached: UInt64?
        /// Records that the gateway's index does not have yet.
        var behind: UInt64
    }

    private static let most = 200

    func page(order: AuditOrder, cursor: String?, limit: Int) async throws -> Page {
        var parameters = filters
        parameters.append(("order", order == .newestFirst ? "newest" : "oldest"))
        parameters.append(("limit", "\(min(limit, RemoteAudit.most))"))
        if let cursor { parameters.append(("cursor", cursor)) }
        let query = parameters.map { "\($0)=\(APIClient.escaped($1))" }.joined(separator: "&")
        let answer = try await api.patientGet("/api/v1/records?\(query)")
        guard answer.status == 200, let members = answer.members, members["records"] != nil else {
            throw answer.refusal.map { Failure($0) } ?? api.unexpected
        }
        let lines = members.elements("records").map { Array(members.text.bytes[$0]) }
        // Each is printed as a line.
        guard !lines.contains(where: { $0.contains(0x0A) }) else { throw api.unexpected }
        return Page(
            lines: lines,
            next: members.string("next"),
            reached: members.object("reached")?.number("index"),
            behind: members.number("behind") ?? 0
        )
    }

    /// Tells records until there are no more, or `limit` (0 is no limit) or the body has enough: then it gives false.
    ///
    /// - Returns: how many records the gateway's index did not have.
    func read(
        order: AuditOrder,
        after: UInt64?,
        limit: Int,
        _ body: ([UInt8]) throws -> Bool
    ) async throws -> UInt64 {
        var cursor = after.map { PageCursor.record($0).text }
        var left = limit == 0 ? Int.max : limit
        while true {
            let page = try await page(order: order, cursor: cursor, limit: left)
            for line in page.lines {
                guard try body(line) else { return page.behind }
                left -= 1
            }
            guard left > 0, let next = page.next, next != cursor else { return page.behind }
            cursor = next
        }
    }

    /// The bundle of all that match, once a checkpoint covers them.
    func evidence(within patience: Duration) async throws -> [UInt8] {
        let query = filters.map { "\($0)=\(APIClient.escaped($1))" }.joined(separator: "&")
        let answer = try await api.patientGet("/api/v1/evidence?\(query)", within: patience)
        guard answer.status != 404 else { throw Failure("no record matches: see `countersign audit search`") }
        guard answer.status == 200, answer.body.starts(with: Array("PK".utf8)) else {
            throw answer.refusal.map { Failure($0) } ?? api.unexpected
        }
        return answer.body
    }

    /// How many records the gateway's ledger has.
    func size() async throws -> UInt64 {
        let answer = try await api.status()
        guard answer.status == 200, let size = answer.members?.object("ledger")?.number("records") else {
            throw answer.refusal.map { Failure($0) } ?? api.unexpected
        }
        return size
    }

    static func tell(behind: UInt64) {
        guard behind > 0 else { return }
        Terminal.complain(
            "the gateway's search index lacks the last \(behind) record\(behind == 1 ? "" : "s"): ask again in a moment"
        )
    }
}

extension AuditFilters {
    /// As the API names them; times as moments.
    fileprivate func parameters(now: Timestamp, kinds: String?) -> [(String, String)] {
        let kind = kind.map { $0.kinds.map { $0.map(\.rawValue).sorted().joined(separator: ",") } ?? "all" }
        let pairs: [(String, String?)] = [
            ("principal", principal), ("role", role), ("owner", owner), ("pipeline", pipeline), ("run", run),
            ("commit", commit), ("repository", repository), ("triggered_by", triggeredBy), ("target", target),
            ("object", object), ("action", action?.action.rawValue), ("decision", decision?.outcome.rawValue),
            ("session", session?.id.description), ("since", since.map { "\($0.beginning(now: now))" }),
            ("until", until.map { "\($0.end(now: now))" }), ("text", text), ("kind", kind ?? kinds),
        ]
        return pairs.compactMap { name, value in value.map { (name, $0) } }
    }
}
