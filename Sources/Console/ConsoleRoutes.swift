internal import Hummingbird
internal import NIOCore

/// The console's addresses: pages for people, `/healthz`, `/readyz`, `/metrics` for whoever can reach it, `/ledger/` and `/witness/` where they
/// are configured, logins, and `/api/v1` for people.
struct ConsoleRoutes {
    let ports: ConsolePorts

    var router: Router<ConsoleContext> {
        let router = Router(context: ConsoleContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ProblemAnswers())
        ConsoleRoutes.addHealth(to: router)
        // In front of logins: their bearer token is nobody's session.
        if let ledger = ports.ledger { LedgerRoutes(ports: ledger, people: ports.people).add(to: router) }
        if let witness = ports.witness { WitnessRoutes(endpoint: witness).add(to: router, below: "witness") }
        router.get("readyz") { _, _ in
            let readiness = await ports.readiness()
            return Response.json(readiness.json, status: readiness.isReady ? .ok : .serviceUnavailable)
        }
        router.get("metrics") { request, context in
            try ports.metricsAccess.check(request, context)
            let text = PrometheusText(await ports.metrics()).text
            return Response(
                status: .ok,
                headers: [.contentType: PrometheusText.contentType],
                body: .init(byteBuffer: ByteBuffer(string: text))
            )
        }
        // As well: theirs is the token of a job.
        ChangeSetRoutes(ports: ports.changeSets).add(to: router)
        AssetRoutes().add(to: router)
        router.add(middleware: IdentifyPerson(people: ports.people))
        let frame = PageFrame(people: ports.people, board: ports.board)
        router.add(middleware: PageErrors(frame: frame))
        LoginRoutes(people: ports.people).add(to: router)
        CommandLineRoutes(people: ports.people, frame: frame).add(to: router)
        LinkRoutes(people: ports.people, frame: frame).add(to: router)
        addAPI(to: router)
        addPages(to: router, frame)
        return router
    }

    private func addPages(to router: Router<ConsoleContext>, _ frame: PageFrame) {
        let pages = router.group()
        pages.add(middleware: PersonPace())
        let data = ports.data
        OverviewPages(status: data.status, board: ports.board, frame: frame).add(to: pages)
        ApprovalPages(board: ports.board, people: ports.people, frame: frame).add(to: pages)
        SessionPages(sessions: data.sessions, people: ports.people, frame: frame).add(to: pages)
        AuditPages(audit: data.audit, frame: frame).add(to: pages)
        IdentityPages(roles: data.roles, frame: frame).add(to: pages)
        ExplainPages(explain: data.explain, people: ports.people, frame: frame).add(to: pages)
    }

    private func addAPI(to router: Router<ConsoleContext>) {
        let api = router.group("api/v1")
        api.add(middleware: PersonPace())
        OpenAPIDocument.add(to: api)
        PersonRoutes().add(to: api)
        ApprovalRoutes(board: ports.board, people: ports.people).add(to: api)
        AuditRoutes(audit: ports.data.audit).add(to: api)
        SessionRoutes(sessions: ports.data.sessions, people: ports.people).add(to: api)
        RoleRoutes(roles: ports.data.roles).add(to: api)
        StatusRoutes(status: ports.data.status, explain: ports.data.explain, people: ports.people).add(to: api)
    }

    /// Alive: the process answers. It says nothing of the ledger, or a full disk would have the gateway restarted.
    static func addHealth(to router: Router<ConsoleContext>) {
        router.get("healthz") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain"],
                body: .init(byteBuffer: ByteBuffer(string: "ok\n"))
            )
        }
    }
}
