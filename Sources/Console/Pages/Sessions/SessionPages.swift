internal import AccessModel
internal import Hummingbird

/// `/sessions`, `/sessions/ID` for auditors; the form that ends a session for administrators.
struct SessionPages {
    let sessions: SessionPorts
    let people: PeoplePorts
    let frame: PageFrame

    func add(to router: RouterGroup<ConsoleContext>) {
        router.get("sessions") { request, context in
            let person = try context.require(.auditor)
            return try await frame.respond(await list(request, for: person), context)
        }
        router.get("sessions/:id") { request, context in
            let person = try context.require(.auditor)
            return try await frame.respond(await one(request, context, for: person), context)
        }
        router.post("sessions/:id/kill") { request, context in
            let id = try await SessionRoutes(sessions: sessions, people: people).killed(request, context)
            let mayLook = context.person?.may(.auditor) == true
            return LoginRoutes.redirect(to: mayLook ? "/sessions/\(id)" : "/")
        }
    }

    private func list(_ request: Request, for person: SignedInPerson) async throws -> Page {
        let (filter, page) = try SessionRoutes.filter(request)
        let given = ["principal": filter.principal, "role": filter.role, "target": filter.target]
        let json = try await PageJSON.read { () throws(ReadRefusal) in try await sessions.list(filter, page) }
        let rows = json["sessions"].items.map { SessionView(json: $0).row(mayEnd: person.may(.administrator)) }
        let isLive = filter.state == .live
        let narrowing = SessionRoutes.filters.compactMap { name in (given[name] ?? nil).map { (name: name, value: $0) }
        }
        let kept = [(name: "state", value: filter.state.rawValue)] + narrowing
        let view = PageView(present: [
            "key": PageRegion.key(Array(PrettyJSON.text(json).utf8)),
            "live": isLive ? true : nil,
            "count": json["live"].number.map { "\(Digits.counted($0, "session")) live" },
            "rows": rows,
            "hasRows": rows.isEmpty ? nil : true,
            "narrowed": narrowing.isEmpty ? nil : true,
            "next": json["next"].string.map { "/sessions\(PageLink.query(kept + [(name: "cursor", value: $0)]))" },
            "first": page.cursor == nil ? nil : "/sessions\(PageLink.query(kept))",
            "fields": SessionRoutes.filters.map { name in
                PageView(present: ["name": name, "label": ProvenanceFacts.label(name), "value": given[name] ?? nil])
            },
        ])
        // What has ended stays as it is, and so does a page that somebody turned to.
        let follows = isLive && page.cursor == nil
        return Page(
            title: "Sessions",
            section: .sessions,
            template: .sessions,
            view: view,
            every: follows ? 10 : 0
        )
    }

    private func one(
        _ request: Request,
        _ context: ConsoleContext,
        for person: SignedInPerson
    ) async throws -> Page {
        let page = try SessionRoutes.recordPage(request)
        let id = try SessionRoutes.id(context)
        let found = try await PageJSON.find(or: SessionRoutes.unknown) { () throws(ReadRefusal) in
            try await sessions.find(id, page)
        }
        let view = SessionView(json: found["session"])
        let records = found["records"].items
        let opening = records.first { $0["kind"].string == "session.opened" } ?? .null
        let limit = page.limit == PageRequest.usual ? [] : [(name: "limit", value: "\(page.limit)")]
        return Page(
            title: view.title,
            section: .sessions,
            template: .session,
            view: PageView(present: [
                "title": view.title,
                "badge": Fact.badge(view.state, Tone(view.state)),
                "facts": ["rows": view.facts(opening: opening)] as PageView,
                "steps": records.map(SessionStep.view),
                "hasSteps": records.isEmpty ? nil : true,
                "behind": found["behind"].number.flatMap { $0 > 0 ? Digits.counted($0, "record") : nil },
                "next": found["next"].string.map {
                    "\(view.path)\(PageLink.query(limit + [(name: "cursor", value: $0)]))"
                },
                "first": page.cursor == nil ? nil : view.path,
                "audit": "/audit?session=\(PageLink.escaped(view.id))&kind=all",
                "end": view.isLive && person.may(.administrator)
                    ? PageView(present: ["action": "\(view.path)/kill", "token": person.formToken]) : nil,
            ]),
            modules: [.replay]
        )
    }
}
