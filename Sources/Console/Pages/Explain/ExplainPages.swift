internal import AccessModel
internal import Hummingbird

/// `/explain`: what the policy in force would say, as a form; for auditors.
struct ExplainPages {
    let explain: ExplainPorts
    let people: PeoplePorts
    let frame: PageFrame

    /// What the form may be filled with by a link.
    private static let names: Set<String> = [
        "claims", "issuer", "role", "target", "sql", "source", "reason", "at", "search_path",
    ]

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("explain") { request, context in
            let person = try context.require(.auditor)
            let query = try QueryFields(request, allowing: ExplainPages.names)
            return try await frame.respond(page(ExplainPages.form(person) { query[$0] }), context)
        }
        router.post("explain") { request, context in
            let person = try context.require(.auditor)
            _ = try QueryFields(request)
            let form = try await FormBody(request)
            try FormGuard(people: people).check(request, context, token: form["form_token"])
            return try await frame.respond(await answer(form, for: person), context)
        }
    }

    private func page(_ view: PageView, status: HTTPResponse.Status = .ok) -> Page {
        Page(title: "Explain", section: .explain, template: .explain, view: view, status: status)
    }

    /// The form as it was filled, and the answer or what was wrong with the question.
    private func answer(_ form: FormBody, for person: SignedInPerson) async throws -> Page {
        var view = ExplainPages.form(person) { form[$0] }
        do {
            let question = try ExplainPorts.Question(form)
            let json = try await PageJSON.read { () throws(ReadRefusal) in try await explain.explain(question) }
            view["answer"] = ExplainView(json: json).view
            return page(view)
        } catch let problem as Problem {
            view["problem"] = problem.detail.prefix(1).uppercased() + problem.detail.dropFirst() + "."
            return page(view, status: problem.status)
        }
    }

    private static func form(_ person: SignedInPerson, _ value: (String) -> String?) -> PageView {
        var view = PageView(present: ["token": person.formToken])
        for name in names {
            if let text = value(name), !text.isEmpty { view["f_\(name)"] = text }
        }
        return view
    }
}
