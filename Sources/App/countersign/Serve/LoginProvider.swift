internal import AccessModel
internal import Foundation
internal import Identity
internal import PolicyEngine
internal import Synchronization

/// The OpenID Connect provider of people: its discovery document, its token endpoint and its keys.
final class LoginProvider: Sendable {
    private struct Endpoints: Sendable {
        var authorization: String
        var token: String
    }

    private let login: LoginConfiguration
    private let secret: String?
    private let fetcher: IssuerFetcher
    private let known = Mutex<Endpoints?>(nil)
    let verifier: TokenVerifier

    /// The name under which the fetcher knows the provider's authority, and by which its principals go.
    static let issuer = "login"

    init(_ login: LoginConfiguration, secret: String?, fetcher: IssuerFetcher) {
        self.login = login
        self.secret = secret
        self.fetcher = fetcher
        verifier = TokenVerifier(
            issuers: [
                TrustedIssuer(
                    name: LoginProvider.issuer,
                    url: login.issuer,
                    audiences: [login.client],
                    algorithms: Set(login.algorithms.compactMap { SignatureAlgorithm(name: $0.rawValue) })
                )
            ],
            ports: IdentityPorts(
                fetch: { try await fetcher.fetch($0, issuer: $1) },
                readFile: { throw Failure("\($0) is not read") },
                now: SystemClock.now
            )
        )
    }

    func authorizationEndpoint() async throws -> String { try await endpoints().authorization }

    /// RFC 6749 section 4.1.3, RFC 7636 section 4.5: gives the ID token.
    func exchange(code: String, verifier: String, redirectURI: String) async throws -> [UInt8] {
        let form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
            ("code_verifier", verifier), ("client_id", login.client),
        ]
        let answer = try await fetcher.post(
            try await endpoints().token,
            form: form + (secret.map { [("client_secret", $0)] } ?? []),
            issuer: LoginProvider.issuer
        )
        guard let token = JSONMembers(answer)?.string("id_token") else { throw Failure("there is no ID token") }
        return Array(token.utf8)
    }

    private func endpoints() async throws -> Endpoints {
        if let known = known.withLock({ $0 }) { return known }
        let base = login.issuer.hasSuffix("/") ? String(login.issuer.dropLast()) : login.issuer
        let document = try await fetcher.fetch(
            "\(base)/.well-known/openid-configuration",
            issuer: LoginProvider.issuer
        )
        guard let members = JSONMembers(document), members.string("issuer") == login.issuer,
            let authorization = members.string("authorization_endpoint"), let token = members.string("token_endpoint"),
            [authorization, token].allSatisfy({ isAllowed($0) })
        else { throw Failure("the discovery document is not usable") }
        let endpoints = Endpoints(authorization: authorization, token: token)
        known.withLock { $0 = endpoints }
        return endpoints
    }

    /// As the issuer itself: without TLS on a loopback address alone, which the configuration has checked.
    private func isAllowed(_ url: String) -> Bool {
        url.hasPrefix("https://") || (login.issuer.hasPrefix("http://") && url.hasPrefix("http://"))
    }
}
