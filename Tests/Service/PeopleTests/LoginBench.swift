import AccessModel
import Synchronization

@testable import People

/// A login desk with a provider, a clock and a ledger of the test's own.
final class LoginBench: Sendable {
    struct State {
        var now = Timestamp(seconds: 1_800_000_000)
        var counter: UInt64 = 0
        var kinds: [RecordKind] = []
        var takesRecords = true
        var people = ["ana@example.com": PersonProfile(name: "Ana", groups: ["dba"], capabilities: [.approver])]
        /// What the provider puts into its next token besides the nonce that it was asked for.
        var claims: [String: ClaimValue] = [
            "email": .string("ana@example.com"), "sub": .string("u1"), "auth_time": .integer(1_800_000_000),
        ]
        var nonce: String?
        var verifiers: [String] = []
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    let desk: LoginDesk
    private let shared: Shared

    init(hasProvider: Bool = true) {
        let shared = Shared()
        self.shared = shared
        desk = LoginDesk(
            settings: LoginSettings(
                hasProvider: hasProvider,
                client: "console",
                scopes: ["openid", "email"],
                redirectURI: "https://console.example/login/callback",
                personClaim: "email",
                groupsClaim: "groups",
                lifetime: .seconds(3600),
                idle: .seconds(600),
                freshness: .seconds(300)
            ),
            ports: LoginPorts(
                now: { shared.state.withLock { $0.now } },
                random: { count in
                    shared.state.withLock {
                        $0.counter += 1
                        let counter = $0.counter
                        return (0..<count).map { UInt8(truncatingIfNeeded: counter >> (8 * UInt64($0 % 8))) }
                    }
                },
                authorizationEndpoint: { "https://id.example/authorize" },
                exchange: { code, verifier, _ in
                    shared.state.withLock { $0.verifiers.append(verifier) }
                    return Array(code.utf8)
                },
                verify: { _ in
                    shared.state.withLock { state in
                        var claims = state.claims
                        if let nonce = state.nonce { claims["nonce"] = .string(nonce) }
                        return VerifiedIdentity(
                            principal: Principal(kind: .person, issuer: "login", subject: "u1"),
                            claims: Claims(claims),
                            provenance: Provenance(),
                            expires: state.now,
                            tokenDigest: ""
                        )
                    }
                },
                profile: { id, _ in shared.state.withLock { $0.people[id] } },
                local: {
                    LocalOperator(
                        id: "local:root",
                        profile: PersonProfile(name: "root", groups: [], capabilities: [.administrator])
                    )
                },
                record: { draft in
                    shared.state.withLock {
                        guard $0.takesRecords else { return false }
                        $0.kinds.append(draft.kind)
                        return true
                    }
                }
            )
        )
    }

    func change<Result>(_ body: (inout sending State) -> Result) -> Result where Result: Sendable {
        shared.state.withLock { body(&$0) }
    }

    var kinds: [RecordKind] { change { $0.kinds } }

    func advance(_ time: Duration) { change { $0.now = $0.now.advanced(by: time) } }

    /// Begins a login and lets the provider answer it as it should.
    func begin(_ path: String = "/", renewing: String? = nil) async throws -> (state: String, browser: String) {
        let beginning = try await desk.begin(returnTo: ReturnPath(path), renewing: renewing)
        let query = LoginBench.query(beginning.url)
        change { $0.nonce = query["nonce"] }
        return (query["state"] ?? "", beginning.browser)
    }

    func signIn() async throws -> String {
        let login = try await begin()
        return try await desk.finish(state: login.state, code: "c", error: nil, browser: login.browser).session
    }

    static func query(_ url: String) -> [String: String] {
        let parts = (url.split(separator: "?").last ?? "").split(separator: "&")
        return Dictionary(
            parts.map { part in
                let pair = part.split(separator: "=", maxSplits: 1)
                return (String(pair[0]), String(pair.count > 1 ? pair[1] : ""))
            },
            uniquingKeysWith: { $1 }
        )
    }
}
