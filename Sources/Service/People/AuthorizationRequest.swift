/// The address that a browser is sent to (OpenID Connect Core 1.0 section 3.1.2.1, RFC 7636 section 4.3).
struct AuthorizationRequest {
    var endpoint: String
    var client: String
    var redirectURI: String
    var scopes: [String]
    var state: String
    var nonce: String
    var challenge: String
    /// The person has to prove anew who they are, and the token to say that they did so within this time; nil where an
    /// older login will do. Not 0, which some providers refuse: what counts is `auth_time`.
    var freshness: Duration?

    var url: String {
        var members = [
            ("response_type", "code"), ("client_id", client), ("redirect_uri", redirectURI),
            ("scope", scopes.joined(separator: " ")), ("state", state), ("nonce", nonce),
            ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
        if let freshness { members += [("prompt", "login"), ("max_age", "\(freshness.components.seconds)")] }
        let query = members.map { "\($0)=\(AuthorizationRequest.escaped($1))" }.joined(separator: "&")
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query
    }

    /// RFC 3986 section 2.3: everything but unreserved characters is escaped.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}
