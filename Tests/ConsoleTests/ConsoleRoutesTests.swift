import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Console

@Suite("The console's addresses")
struct ConsoleRoutesTests {
    private func console(
        ready: Readiness = Readiness([.init("ledger")]),
        metrics: [MetricFamily] = []
    ) -> some ApplicationProtocol {
        Application(router: ConsoleRoutes(ports: ConsolePorts(readiness: { ready }, metrics: { metrics })).router)
    }

    @Test("The gateway is alive while it answers, ready or not")
    func isAlive() async throws {
        try await console(ready: Readiness([.init("ledger", failing: "the disk is full")])).test(.router) { client in
            try await client.execute(uri: "/healthz", method: .get) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == "ok\n")
            }
        }
    }

    @Test("It is ready when every part works")
    func isReady() async throws {
        try await console(ready: Readiness([.init("ledger"), .init("index")])).test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == "{\"status\":\"ready\"}\n")
                #expect(response.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test("It is not ready when one part does not work, and says which and why")
    func isNotReady() async throws {
        let ready = Readiness([.init("ledger", failing: "below the \"watermark\""), .init("index")])
        try await console(ready: ready).test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(
                    String(buffer: response.body)
                        == "{\"status\":\"not ready\",\"reasons\":[{\"part\":\"ledger\",\"reason\":\"below the \\\"watermark\\\"\"}]}\n"
                )
            }
        }
    }

    @Test("It is not ready when no part was ever named")
    func emptyIsNotReady() {
        #expect(!Readiness([]).isReady)
    }

    @Test("A console that was connected to nothing is not ready")
    func notConnected() async {
        #expect(await !ConsolePorts.notConnected.readiness().isReady)
    }

    @Test("Metrics are Prometheus text")
    func showsMetrics() async throws {
        try await console(metrics: [.gauge("sessions", help: "Live sessions.", 3)]).test(.router) { client in
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(
                    String(buffer: response.body)
                        == "# HELP countersign_sessions Live sessions.\n# TYPE countersign_sessions gauge\ncountersign_sessions 3\n"
                )
            }
        }
    }

    static let readers: [(access: MetricsAccess, token: String?, status: Int)] = [
        (.everyone, nil, 200), (.off, "secret", 404), (.loopback, "secret", 403), (.token { $0 == "secret" }, nil, 401),
        (.token { $0 == "secret" }, "other", 401), (.token { $0 == "secret" }, "secret", 200),
    ]

    @Test("Metrics are for whom the configuration says", arguments: readers)
    func metricsAccess(access: MetricsAccess, token: String?, status: Int) async throws {
        var ports = ConsolePorts(readiness: { Readiness([]) }, metrics: { [] })
        ports.metricsAccess = access
        // A test's request comes from no address, and so not from this machine.
        try await Application(router: ConsoleRoutes(ports: ports).router).test(.router) { client in
            let headers: HTTPFields = token.map { [.authorization: "Bearer \($0)"] } ?? [:]
            try await client.execute(uri: "/metrics", method: .get, headers: headers) { response in
                #expect(response.status.code == status)
            }
        }
    }

    @Test(
        "What is not there is answered in JSON",
        arguments: [
            ("/nothing", "GET"), ("/api/v2", "GET"), ("/healthz", "DELETE"), ("/../etc/passwd", "GET"),
            ("/reload", "POST"),
        ]
    )
    func notFound(path: String, method: String) async throws {
        let method = try #require(HTTPRequest.Method(method))
        try await console().test(.router) { client in
            try await client.execute(uri: path, method: method) { response in
                #expect([.notFound, .methodNotAllowed].contains(response.status))
                #expect(response.headers[.contentType] == "application/problem+json")
                #expect(String(buffer: response.body).hasPrefix("{\"type\":\"about:blank\""))
            }
        }
    }

    @Test("HEAD is answered like GET, without a body")
    func head() async throws {
        try await console().test(.router) { client in
            try await client.execute(uri: "/readyz", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.body.readableBytes == 0)
            }
        }
    }

    @Test("The listener takes requests on the port that it says")
    func listens() async throws {
        try await console().test(.live) { client in
            try await client.execute(uri: "/healthz", method: .get) { #expect($0.status == .ok) }
        }
    }
}
