internal import Hummingbird

/// Who may read `/metrics`. They are figures of the whole gateway, without a name of a person, an identity or a target.
package enum MetricsAccess: Sendable {
    case everyone
    /// Connections from this machine.
    case loopback
    case off
    /// Whoever has the bearer token; compares in constant time.
    case token(@Sendable (String) -> Bool)

    /// Throws 401, 403 or 404: what is off is not there.
    func check(_ request: Request, _ context: ConsoleContext) throws {
        switch self {
        case .everyone: return
        case .loopback: guard context.isLoopback else { throw Problem(.forbidden, "only from this machine") }
        case .off: throw Problem(.notFound, "not found")
        case .token(let isToken):
            guard let header = request.headers[.authorization], header.hasPrefix("Bearer "),
                isToken(String(header.dropFirst(7)))
            else { throw Problem(.unauthorized, "a bearer token is needed") }
        }
    }
}
