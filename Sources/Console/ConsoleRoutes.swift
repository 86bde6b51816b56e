internal import Hummingbird
internal import NIOCore

/// The console's addresses: `/healthz`, `/readyz`, `/metrics` for whoever can reach it, `/ledger/` and `/witness/` where they
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
        router.get("metrics") { _, _ in
            let text = PrometheusText(await ports.metrics()).text
            return Response(
                status: .ok,
                headers: [.contentType: PrometheusText.contentType],
                body: .init(byteBuffer: ByteBuffer(string: text))
            )
        }
        // As well: theirs is the token of a job.
        ChangeSetRoutes(ports: ports.changeSets).add(to: router)
        router.add(middleware: IdentifyPerson(people: ports.people))
        LoginRoutes(people: ports.people).add(to: router)
        addAPI(to: router)
        return router
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
