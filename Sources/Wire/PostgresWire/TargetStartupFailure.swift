/// Why a session with a target could not start. Safe to print: it holds no secret.
package enum TargetStartupFailure: Error, Hashable, Sendable {
    case refused(ErrorFields)
    case protocolViolation
    case unsupportedAuthentication(UInt32)
    case cleartextWithoutTLS
    case noPassword
    case scram(SCRAMError)
    /// TLS could not be had as the configuration demands, or the connection could not be made.
    case tls(String)
    case unreachable(String)
    case timedOut
    /// What the target holds could not be read, or is more than what is served.
    case catalog
}

extension TargetStartupFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let fields): "the target refused the session: \(fields.sqlState): \(fields.message)"
        case .protocolViolation: "the target does not speak the PostgreSQL protocol as expected"
        case .unsupportedAuthentication(let code):
            "the target asks for authentication method \(code), which is not supported"
        case .cleartextWithoutTLS: "the target asks for the password in clear on a connection without TLS"
        case .noPassword: "the target asks for a password and its credential has none"
        case .scram(let error): "SCRAM with the target failed: \(error)"
        case .tls(let what): "TLS with the target failed: \(what)"
        case .unreachable(let what): "the target cannot be reached: \(what)"
        case .timedOut: "the target did not answer in time"
        case .catalog: "the target's catalog could not be read, or is too large"
        }
    }
}
