import AccessModel

@testable import Identity

/// An issuer with its keys, in its world, and a verifier that trusts it.
struct TestSite: Sendable {
    static let url = "https://ci.example.com"
    static let keysURL = "https://ci.example.com/keys"

    let world = TestWorld()
    let key: TestKey
    var trusted: TrustedIssuer
    let verifier: TokenVerifier

    static func make(
        _ algorithm: SignatureAlgorithm = .es256,
        _ change: (inout TrustedIssuer) -> Void = { _ in }
    ) async throws -> TestSite {
        let key = try await TestKey.make(algorithm)
        var trusted = TrustedIssuer(
            name: "ci",
            url: url,
            audiences: ["countersign"],
            algorithms: Set(SignatureAlgorithm.allCases),
            keySource: .url(keysURL)
        )
        change(&trusted)
        return TestSite(key: key, trusted: trusted)
    }

    private init(key: TestKey, trusted: TrustedIssuer) {
        self.key = key
        self.trusted = trusted
        verifier = TokenVerifier(issuers: [trusted], ports: world.ports)
        world.serve(keySet(key.jwk), at: TestSite.keysURL)
    }

    /// The claims of a good token, issued now.
    func claims(_ changes: [String: ClaimValue?] = [:]) -> [String: ClaimValue] {
        var claims: [String: ClaimValue] = [
            "iss": .string(trusted.url), "sub": "job:1", "aud": "countersign", "jti": "token-1",
            "iat": .integer(world.now.seconds), "exp": .integer(world.now.seconds + 300),
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    func token(_ changes: [String: ClaimValue?] = [:], header: [String: ClaimValue?] = [:]) throws -> [UInt8] {
        try key.sign(claims(changes), header: header)
    }

    func refusal(_ token: [UInt8]) async -> TokenRefusal? {
        do {
            _ = try await verifier.verify(token)
            return nil
        } catch {
            return error
        }
    }

    func code(_ token: [UInt8]) async -> TokenRefusal.Code? {
        await refusal(token)?.code
    }
}
