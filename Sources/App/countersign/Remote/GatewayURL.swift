internal import AccessModel
internal import Foundation

/// The address of a console: `https://console.example.com`, or http on a loopback host. Never with a path, a user or a query,
/// so that one console has one name.
struct GatewayURL: Hashable, CustomStringConvertible {
    /// Lower case, without a slash at its end, without the scheme's own port.
    let text: String

    var description: String { text }

    init(_ wanted: String) throws {
        guard let parts = URLComponents(string: wanted), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { throw Failure("\(wanted.onOneLine) is no address of a console: give https://HOST[:PORT]") }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
            parts.path.isEmpty || parts.path == "/"
        else { throw Failure("\(wanted.onOneLine): give the console's address alone, https://HOST[:PORT]") }
        guard scheme == "https" || (scheme == "http" && GatewayURL.isLoopback(host)) else {
            throw Failure("\(wanted.onOneLine): a token is sent by https alone, or to this machine")
        }
        let port = parts.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : ":\($0)" } ?? ""
        text = "\(scheme)://\(host)\(port)"
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || host == "::1" || isIPv4Loopback(host)
    }

    /// 127.0.0.0/8, written in full: `127.evil.example` is a name.
    private static func isIPv4Loopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
