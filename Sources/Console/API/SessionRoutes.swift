internal import AccessModel
internal import Hummingbird

/// `/api/v1/sessions`, `/api/v1/sessions/ID`, for auditors; `POST /api/v1/sessions/ID/kill`, for administrators.
struct SessionRoutes {
    let sessions: SessionPorts
    let people: PeoplePorts

    /// Characters of a reason.
    private static let longestReason = 200
    static let unknown = Problem(.notFound, "no session has this id")

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("sessions") { request, context in
            _ = try context.require(.auditor)
            let (filter, page) = try SessionRoutes.filter(request)
            return try await Response.answer { () throws(ReadRefusal) in try await sessions.list(filter, page) }
        }
        router.get("sessions/:id") { request, context in
            _ = try context.require(.auditor)
            let page = try SessionRoutes.recordPage(request)
            let id = try SessionRoutes.id(context)
            return try await Response.answer(or: SessionRoutes.unknown) { () throws(ReadRefusal) in
                try await sessions.find(id, page)
            }
        }
        router.post("sessions/:id/kill") { request, context in
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("killed")
            json.append(try await killed(request, context).description)
            json.appendRaw("}")
            return Response.json(json)
        }
    }

    /// The names of the filters, as parameters of a URL.
    static let filters = ["principal", "role", "target"]

    /// Which sessions a URL asks for.
    static func filter(_ request: Request) throws -> (SessionPorts.Filter, PageRequest) {
        let query = try QueryFields(request, allowing: PageRequest.names.union(["state"]).union(filters))
        let state = try query.value("state", "live or ended") { SessionPorts.Filter.State(rawValue: $0) } ?? .live
        let page = try PageRequest(query) { cursor in
            switch cursor {
            case .live: state == .live
            case .session: state == .ended
            case .record, .principal: false
            }
        }
        let filter = SessionPorts.Filter(
            state: state,
            principal: query["principal"],
            role: query["role"],
            target: query["target"]
        )
        return (filter, page)
    }

    /// Which records of a session a URL asks for.
    static func recordPage(_ request: Request) throws -> PageRequest {
        try PageRequest(try QueryFields(request, allowing: PageRequest.names)) {
            if case .record = $0 { true } else { false }
        }
    }

    static func id(_ context: ConsoleContext) throws -> ULID {
        guard let id = context.parameters.get("id").flatMap({ ULID($0) }) else { throw unknown }
        return id
    }

    /// Takes a form with `reason`, which may be left out; the session that it ended.
    func killed(_ request: Request, _ context: ConsoleContext) async throws -> ULID {
        // Before a byte of the form is waited for: who may not do it costs nothing.
        let person = try context.require(.administrator)
        _ = try QueryFields(request)
        let form = try await FormBody(request)
        try FormGuard(people: people).check(request, context, token: form["form_token"])
        let reason = form["reason"].flatMap { $0.isEmpty ? nil : $0 }
        guard reason.map({ $0.unicodeScalars.count <= SessionRoutes.longestReason }) ?? true else {
            throw Problem(.badRequest, "`reason` has more than \(SessionRoutes.longestReason) characters")
        }
        let id = try SessionRoutes.id(context)
        switch await sessions.kill(id, person, reason) {
        case .ended: return id
        case .unknown: throw Problem(.notFound, "no live session has this id")
        case .already: throw Problem(.conflict, "this session is being ended already")
        case .notRecorded:
            throw Problem(.serviceUnavailable, "not ended: the ledger does not take the record of it", retryAfter: 5)
        }
    }
}
