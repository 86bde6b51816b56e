internal import AccessModel
internal import Hummingbird

/// The admin socket's addresses: `POST /reload`, `GET /sessions`, `POST /sessions/ID/kill`, `GET /status`, `GET /exports`,
/// `POST /login-links`, `GET /approvals`, `GET /approvals/ID`, `POST /approvals/ID/approve|deny?digest=…&reason=…`, `POST /change-sets`.
struct AdminRoutes {
    let ports: AdminPorts

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: JSONErrors())
        router.get("status") { _, _ in
            var json = JSONBytes()
            json.append(await ports.status())
            return Response.json(json)
        }
        router.get("sessions") { _, _ in await sessions() }
        router.get("exports") { _, _ in await exports() }
        router.post("sessions/:id/kill") { _, context in
            guard let id = context.parameters.get("id").flatMap({ ULID($0) }) else {
                return Response.error("not a session's id", status: .badRequest)
            }
            return await kill(id)
        }
        router.post("reload") { _, _ in await reload() }
        router.post("login-links") { _, _ in await loginLink() }
        router.get("approvals") { _, _ in await approvals() }
        router.get("approvals/:id") { _, context in await approval(context.parameters.get("id").flatMap { ULID($0) }) }
        router.post("change-sets") { request, _ in try await changeSet(request) }
        router.post("approvals/:id/:answer") { request, context in
            guard let id = context.parameters.get("id").flatMap({ ULID($0) }) else {
                return Response.error("not an approval's id", status: .badRequest)
            }
            guard let verdict = context.parameters.get("answer"), verdict == "approve" || verdict == "deny" else {
                return Response.error("not an answer", status: .notFound)
            }
            let parameters = request.uri.queryParameters
            let answer = AdminApprovalPorts.Answer(
                isApproval: verdict == "approve",
                reason: parameters.get("reason"),
                digest: parameters.get("digest") ?? ""
            )
            return await take(id, answer)
        }
        return router
    }

    /// `{"sessions":[…]}`
    private func sessions() async -> Response {
        var json = JSONBytes()
        json.appendRaw("{\"sessions\":[")
        for (index, session) in await ports.sessions().enumerated() {
            if index > 0 { json.appendRaw(",") }
            json.append(session)
        }
        json.appendRaw("]}")
        return .json(json)
    }

    /// `{"url":"…"}`, or 409 `{"error":"…"}`.
    private func loginLink() async -> Response {
        switch await ports.loginLink() {
        case .success(let url):
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("url")
            json.append(url)
            json.appendRaw("}")
            return .json(json)
        case .failure(let refusal): return .error(refusal.reason, status: .conflict)
        }
    }

    /// `{"exports":[…]}`
    private func exports() async -> Response {
        var json = JSONBytes()
        json.appendRaw("{\"exports\":[")
        for (index, export) in await ports.exports().enumerated() {
            if index > 0 { json.appendRaw(",") }
            json.appendRaw(export.bytes)
        }
        json.appendRaw("]}")
        return .json(json)
    }

    /// `{"approvals":[…]}`
    private func approvals() async -> Response {
        var json = JSONBytes()
        json.appendRaw("{\"approvals\":[")
        for (index, approval) in await ports.approvals.list().enumerated() {
            if index > 0 { json.appendRaw(",") }
            json.appendRaw(approval.bytes)
        }
        json.appendRaw("]}")
        return .json(json)
    }

    /// 200 the approval, 404, or 503 where the ledger cannot be asked.
    private func approval(_ id: ULID?) async -> Response {
        do throws(ReadRefusal) {
            if let id, let json = try await ports.approvals.find(id) { return .json(json) }
            return .error("no approval has this id", status: .notFound)
        } catch {
            return .error(error.problem.detail, status: error.problem.status)
        }
    }

    /// 200 the approval, 404, or 409 `{"error":"…"}` where the answer does not count.
    private func take(_ id: ULID, _ answer: AdminApprovalPorts.Answer) async -> Response {
        switch await ports.approvals.answer(id, answer) {
        case .taken(let json): .json(json)
        case .unknown: .error("no approval has this id", status: .notFound)
        case .refused(let why): .error(why, status: .conflict)
        }
    }

    /// 201 the approval, 400, 422 or 503 `{"error":"…"}`.
    private func changeSet(_ request: Request) async throws -> Response {
        let draft: ChangeSetDraft
        do {
            draft = try await ChangeSetDraft(request)
        } catch let problem as Problem {
            return .error(problem.detail, status: problem.status)
        }
        switch await ports.approvals.request(draft) {
        case .made(let json): return .json(json, status: .created)
        case .unauthenticated: return .error("not authenticated", status: .unauthorized)
        case .refused(let why): return .error(why, status: .unprocessableContent)
        case .unavailable(let why): return .error(why, status: .serviceUnavailable)
        }
    }

    private func kill(_ id: ULID) async -> Response {
        guard await ports.kill(id) else { return .error("no live session has this id", status: .notFound) }
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("killed")
        json.append(id.description)
        json.appendRaw("}")
        return .json(json)
    }

    /// 200 `{"policy":"sha256:…","warnings":[…]}`, or 422 `{"error":"…","diagnostics":["FILE:LINE: message"]}`.
    private func reload() async -> Response {
        var json = JSONBytes()
        json.appendRaw("{")
        switch await ports.reload() {
        case .applied(let policy, let warnings):
            json.member("policy")
            json.append(policy)
            json.member("warnings")
            json.append(warnings)
            json.appendRaw("}")
            return .json(json)
        case .refused(let diagnostics):
            json.member("error")
            json.append("the configuration was refused; the old policy stays in force")
            json.member("diagnostics")
            json.append(diagnostics)
            json.appendRaw("}")
            return .json(json, status: .unprocessableContent)
        }
    }
}
