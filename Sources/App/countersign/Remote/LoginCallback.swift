internal import Foundation
internal import NIOHTTP1

/// What a browser brings back to a command line: `GET /callback?code=…&state=…` (RFC 8252 section 7.3, RFC 6749 section
/// 4.1.2).
struct LoginCallback {
    enum Outcome: Hashable, Sendable {
        case code(String)
        case refused
    }

    /// Of the request that this command line made; another's answer is not taken, and ends nothing.
    let state: String

    /// Nil where it is no answer to this request.
    func outcome(of request: HTTPRequestHead) -> Outcome? {
        guard request.method == .GET, let parts = URLComponents(string: request.uri), parts.path == "/callback",
            let items = parts.queryItems
        else { return nil }
        func only(_ name: String) -> String? {
            let values = items.filter { $0.name == name }.compactMap(\.value)
            return values.count == 1 ? values[0] : nil
        }
        guard only("state") == state else { return nil }
        if let code = only("code"), !code.isEmpty, code.utf8.count <= 256 { return .code(code) }
        return only("error") == nil ? nil : .refused
    }
}
