internal import Crypto
internal import Foundation
internal import JWTKit

/// An OIDC issuer that signs what a CI platform would. Its key is in the folder of the quickstart, for its owner alone.
struct DemoIssuer: Sendable {
    static let audience = "countersign"
    static let keyID = "quickstart-1"

    let url: String
    private let key: P256.Signing.PrivateKey

    /// Makes the key at the first start.
    static func prepare(in folder: QuickstartFolder, port: Int) throws -> DemoIssuer {
        try folder.makeFolder("issuer")
        if !folder.has("issuer/key.pem") {
            try folder.write(P256.Signing.PrivateKey().pemRepresentation + "\n", to: "issuer/key.pem")
        }
        return try load(from: folder, port: port)
    }

    static func load(from folder: QuickstartFolder, port: Int) throws -> DemoIssuer {
        let file = folder.file("issuer/key.pem")
        guard let pem = try? String(contentsOfFile: file, encoding: .utf8),
            let key = try? P256.Signing.PrivateKey(pemRepresentation: pem)
        else {
            throw Failure("\(file): no key of a demo issuer can be read there; start `countersign quickstart` first")
        }
        return DemoIssuer(url: "http://127.0.0.1:\(port)", key: key)
    }

    /// A signed token (RFC 7519, ES256). `lifetime` is in seconds.
    func token(for job: DemoJob, lifetime: Int, now: Date) async throws -> String {
        let keys = JWTKeyCollection()
        let kid = JWKIdentifier(string: DemoIssuer.keyID)
        try await keys.add(ecdsa: ES256PrivateKey(backing: key), kid: kid)
        return try await keys.sign(DemoClaims(job, issuer: url, lifetime: lifetime, now: now), kid: kid)
    }

    /// OpenID Connect Discovery 1.0, section 3: what the gateway reads of it.
    var discovery: String {
        """
        {"issuer":"\(url)","jwks_uri":"\(url)\(DemoIssuerHandler.keysPath)",\
        "response_types_supported":["id_token"],"subject_types_supported":["public"],\
        "id_token_signing_alg_values_supported":["ES256"]}
        """
    }

    /// The public key as a JWK set (RFC 7517, section 5).
    var keySet: String {
        let point = key.publicKey.rawRepresentation
        let (x, y) = (point.prefix(32), point.suffix(32))
        return """
            {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"\(DemoIssuer.keyID)",\
            "x":"\(DemoIssuer.base64URL(x))","y":"\(DemoIssuer.base64URL(y))"}]}
            """
    }

    /// RFC 7515, appendix C: no padding.
    static func base64URL(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
