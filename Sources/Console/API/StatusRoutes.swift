internal import AccessModel
internal import Hummingbird

/// `/api/v1/status`, for whoever is in; `POST /api/v1/explain`, for auditors.
struct StatusRoutes {
    let status: StatusPorts
    let explain: ExplainPorts
    let people: PeoplePorts

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("status") { request, context in
            _ = try context.requirePerson()
            _ = try QueryFields(request)
            return Response.json(await status.status())
        }
        router.post("explain") { request, context in
            _ = try context.require(.auditor)
            _ = try QueryFields(request)
            let form = try await FormBody(request)
            try FormGuard(people: people).check(request, context, token: form["form_token"])
            let question = try ExplainPorts.Question(form)
            return try await Response.answer { () throws(ReadRefusal) in try await explain.explain(question) }
        }
    }
}

extension ExplainPorts.Question {
    /// Reads a form: `claims`, `target` and `sql`; `issuer`, `role`, `source`, `reason`, `at` and `search_path` may be left out.
    /// Throws 400.
    init(_ form: FormBody) throws {
        func given(_ name: String) -> String? { form[name].flatMap { $0.isEmpty ? nil : $0 } }
        func required(_ name: String) throws -> String {
            guard let value = given(name) else { throw Problem(.badRequest, "`\(name)` is missing") }
            return value
        }
        self.init(claims: try required("claims"), target: try required("target"), sql: try required("sql"))
        issuer = given("issuer")
        reason = given("reason")
        if let role = given("role") { self.role = role }
        if let source = given("source") { self.source = source }
        if let at = given("at") {
            guard let moment = Timestamp(rfc3339: at) else {
                throw Problem(.badRequest, "`at` is not a time such as 2026-11-24T22:00:00Z")
            }
            self.at = moment
        }
        if let path = given("search_path") {
            searchPath = path.split(separator: ",").map { $0.trimmingPrefix(" ") }.map { String($0) }
        }
    }
}
