import AccessModel
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Console

@Suite("The admin socket's addresses")
struct AdminRoutesTests {
    private static let id = ULID(at: Timestamp(seconds: 1_800_000_000), tailHigh: 7, tailLow: 9)

    private static let session = SessionSummary(
        id: id,
        principal: Principal(kind: .workload, issuer: "gitlab", subject: "project_path:a/b"),
        roles: ["nightly"],
        target: "orders-db",
        database: "orders",
        source: "127.0.0.1:51234",
        opened: Timestamp(seconds: 1_800_000_000),
        commands: 7,
        denied: 1
    )

    private func admin(
        reload: ReloadResult = .applied(policy: "sha256:aa", warnings: []),
        sessions: [SessionSummary] = []
    ) -> some ApplicationProtocol {
        let status = GatewayStatus(
            version: "0.1.0",
            origin: "test.example/one",
            policy: "sha256:aa",
            started: Timestamp(seconds: 1_800_000_000),
            sessions: sessions.count,
            records: 42,
            readiness: Readiness([.init("ledger")])
        )
        let ports = AdminPorts(
            reload: { reload },
            sessions: { sessions },
            kill: { id in sessions.contains { $0.id == id } },
            status: { status }
        )
        return Application(router: AdminRoutes(ports: ports).router)
    }

    private func expect(
        _ method: HTTPRequest.Method,
        _ path: String,
        of application: some ApplicationProtocol,
        status: HTTPResponse.Status,
        body: String
    ) async throws {
        try await application.test(.router) { client in
            try await client.execute(uri: path, method: method) { response in
                #expect(response.status == status)
                #expect(String(buffer: response.body) == body + "\n")
            }
        }
    }

    @Test("Sessions are listed with who, what for and from where")
    func listsSessions() async throws {
        try await expect(
            .get,
            "/sessions",
            of: admin(sessions: [Self.session]),
            status: .ok,
            body: "{\"sessions\":[{\"id\":\"\(Self.id)\",\"principal\":{\"kind\":\"workload\",\"issuer\":\"gitlab\","
                + "\"subject\":\"project_path:a/b\"},\"roles\":[\"nightly\"],\"target\":\"orders-db\",\"database\":\"orders\","
                + "\"source\":\"127.0.0.1:51234\",\"opened\":\"2027-01-15T08:00:00.000000Z\",\"commands\":7,\"denied\":1}]}"
        )
        try await expect(.get, "/sessions", of: admin(), status: .ok, body: "{\"sessions\":[]}")
    }

    @Test("A live session is killed by its id")
    func kills() async throws {
        try await expect(
            .post,
            "/sessions/\(Self.id)/kill",
            of: admin(sessions: [Self.session]),
            status: .ok,
            body: "{\"killed\":\"\(Self.id)\"}"
        )
    }

    @Test("A session that is not there cannot be killed, and what is no id is told so")
    func killsNothing() async throws {
        try await expect(
            .post,
            "/sessions/\(Self.id)/kill",
            of: admin(),
            status: .notFound,
            body: "{\"error\":\"no live session has this id\"}"
        )
        try await expect(
            .post,
            "/sessions/all/kill",
            of: admin(),
            status: .badRequest,
            body: "{\"error\":\"not a session's id\"}"
        )
    }

    @Test("A kill by GET does nothing")
    func killsByPostAlone() async throws {
        try await admin(sessions: [Self.session]).test(.router) { client in
            try await client.execute(uri: "/sessions/\(Self.id)/kill", method: .get) { response in
                #expect(response.status == .notFound || response.status == .methodNotAllowed)
            }
        }
    }

    @Test("A reload that was applied names the policy and its warnings")
    func reloads() async throws {
        try await expect(
            .post,
            "/reload",
            of: admin(reload: .applied(policy: "sha256:bb", warnings: ["c.yaml:3: wide"])),
            status: .ok,
            body: "{\"policy\":\"sha256:bb\",\"warnings\":[\"c.yaml:3: wide\"]}"
        )
    }

    @Test("A reload that was refused gives every diagnostic, and says what stays in force")
    func refusesReload() async throws {
        try await expect(
            .post,
            "/reload",
            of: admin(reload: .refused(["c.yaml:3: unknown key `isuer`"])),
            status: .unprocessableContent,
            body: "{\"error\":\"the configuration was refused; the old policy stays in force\","
                + "\"diagnostics\":[\"c.yaml:3: unknown key `isuer`\"]}"
        )
    }

    @Test("The status has everything that an operator asks first")
    func status() async throws {
        try await expect(
            .get,
            "/status",
            of: admin(),
            status: .ok,
            body: "{\"version\":\"0.1.0\",\"origin\":\"test.example/one\",\"policy\":\"sha256:aa\","
                + "\"started\":\"2027-01-15T08:00:00.000000Z\",\"sessions\":0,\"records\":42,\"readiness\":{\"status\":\"ready\"}}"
        )
    }
}
