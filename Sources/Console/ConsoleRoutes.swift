internal import Hummingbird
internal import NIOCore

/// The console's addresses: `/healthz`, `/readyz`, `/metrics`.
struct ConsoleRoutes {
    let ports: ConsolePorts

    var router: Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: JSONErrors())
        // Alive: the process answers. It says nothing of the ledger, or a full disk would have the gateway restarted.
        router.get("healthz") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain"],
                body: .init(byteBuffer: ByteBuffer(string: "ok\n"))
            )
        }
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
}
