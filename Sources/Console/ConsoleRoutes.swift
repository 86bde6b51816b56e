internal import Hummingbird
internal import NIOCore

/// The console's addresses: `/healthz`, `/readyz`, `/metrics`, and where they are configured `/ledger/` and `/witness/`.
struct ConsoleRoutes {
    let ports: ConsolePorts

    var router: Router<ConsoleContext> {
        let router = Router(context: ConsoleContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: JSONErrors())
        ConsoleRoutes.addHealth(to: router)
        if let ledger = ports.ledger { LedgerRoutes(ports: ledger).add(to: router) }
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
        return router
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
