import Crypto
import Foundation
import _CryptoExtras

/// An OIDC issuer for tests: it says anything, and signs it with a key that the gateway trusts.
struct TestIssuer: Sendable {
    enum Algorithm: String, Sendable, CaseIterable {
        case rs256 = "RS256"
        case es256 = "ES256"
        case eddsa = "EdDSA"
    }

    let url: String
    /// The file of public keys that the gateway is given.
    let jwks: URL
    /// What the identifiers of its keys begin with.
    private let keyPrefix: String
    private let rsa: _RSA.Signing.PrivateKey
    private let p256 = P256.Signing.PrivateKey()
    private let ed25519 = Curve25519.Signing.PrivateKey()

    init(url: String = "https://gitlab.test.example", keyPrefix: String = "test", in folder: URL) throws {
        self.url = url
        self.keyPrefix = keyPrefix
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        jwks = folder.appending(path: "jwks.json")
        try keySet().compact.write(to: jwks, options: .atomic)
    }

    private func keyID(_ algorithm: Algorithm) -> String { "\(keyPrefix)-\(algorithm.rawValue.lowercased())" }

    /// What GitLab says of a job of project 4711, scheduled, on the protected main branch.
    func claims(_ changes: [String: JSONValue] = [:]) -> [String: JSONValue] {
        let now = Int64(Date().timeIntervalSince1970)
        let claims: [String: JSONValue] = [
            "iss": .string(url), "aud": "countersign", "sub": "project_path:finance/reconcile:ref_type:branch:ref:main",
            "iat": .integer(now), "nbf": .integer(now - 5), "exp": .integer(now + 600),
            "jti": .string(UUID().uuidString.lowercased()), "namespace_id": "72", "namespace_path": "finance",
            "project_id": "4711", "project_path": "finance/reconcile", "user_id": "31", "user_login": "bo",
            "user_email": "bo@example.com", "pipeline_id": "1212", "pipeline_source": "schedule", "job_id": "5151",
            "ref": "main", "ref_type": "branch", "ref_path": "refs/heads/main", "ref_protected": "true",
            "environment": "production", "environment_protected": "true", "deployment_tier": "production",
            "runner_id": 7,
            "runner_environment": "self-hosted", "sha": .string(TestIssuer.commit),
            "ci_config_ref_uri": "gitlab.test.example/finance/reconcile//.gitlab-ci.yml@refs/heads/main",
        ]
        return claims.merging(changes) { $1 }.filter { $0.value != .null }
    }

    /// The commit of every token that does not say another.
    static let commit = "69a2c3d4e5f60718293a4b5c6d7e8f9011223344"

    /// A signed token. A claim changed to null is left out; so is a member of the header.
    func token(
        _ changes: [String: JSONValue] = [:],
        algorithm: Algorithm = .rs256,
        header: [String: JSONValue] = [:]
    ) throws -> String {
        let base: [String: JSONValue] = [
            "alg": .string(algorithm.rawValue), "kid": .string(keyID(algorithm)), "typ": "JWT",
        ]
        let head = JSONValue.object(base.merging(header) { $1 }.filter { $0.value != .null })
        let input = try "\(head.compact.base64URL).\(JSONValue.object(claims(changes)).compact.base64URL)"
        return try "\(input).\(signature(of: input, algorithm).base64URL)"
    }

    /// A token signed by nobody, or by HMAC with bytes that everybody knows.
    func forged(header: [String: JSONValue], hmac key: [UInt8]? = nil) throws -> String {
        let input = try "\(JSONValue.object(header).compact.base64URL).\(JSONValue.object(claims()).compact.base64URL)"
        guard let key else { return input + "." }
        let code = HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: SymmetricKey(data: key))
        return input + "." + Data(code).base64URL
    }

    /// The public RSA key as PEM: what a confused verifier would take as an HMAC secret.
    var publicPEM: String { rsa.publicKey.pemRepresentation }

    private func signature(of input: String, _ algorithm: Algorithm) throws -> Data {
        let bytes = Data(input.utf8)
        return switch algorithm {
        case .rs256:
            try rsa.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation
        case .es256: try p256.signature(for: bytes).rawRepresentation
        case .eddsa: try ed25519.signature(for: bytes)
        }
    }

    private func keySet() throws -> JSONValue {
        let numbers = try rsa.publicKey.getKeyPrimitives()
        let point = p256.publicKey.rawRepresentation
        return [
            "keys": [
                [
                    "kty": "RSA", "kid": .string(keyID(.rs256)), "use": "sig", "alg": "RS256",
                    "n": .string(numbers.modulus.base64URL), "e": .string(numbers.publicExponent.base64URL),
                ],
                [
                    "kty": "EC", "kid": .string(keyID(.es256)), "use": "sig", "crv": "P-256",
                    "x": .string(point.prefix(32).base64URL), "y": .string(point.suffix(32).base64URL),
                ],
                [
                    "kty": "OKP", "kid": .string(keyID(.eddsa)), "use": "sig", "crv": "Ed25519",
                    "x": .string(ed25519.publicKey.rawRepresentation.base64URL),
                ],
            ]
        ]
    }
}

extension Data {
    /// RFC 7515, appendix C: no padding.
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
