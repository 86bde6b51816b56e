internal import Hummingbird

/// The console's cookies: for this host alone, out of reach of scripts, and not sent along by other sites but when a
/// person follows a link. With TLS the prefix `__Host-` has browsers refuse anything wider (RFC 6265bis section 4.1.3.2).
enum ConsoleCookie: String {
    case session = "countersign"
    /// Binds a login that was begun to the browser that began it.
    case login = "countersign-login"

    func name(isSecure: Bool) -> String { (isSecure ? "__Host-" : "") + rawValue }

    func value(in request: Request, isSecure: Bool) -> String? {
        let value = request.cookies[name(isSecure: isSecure)]?.value
        return value.flatMap { $0.isEmpty || $0.utf8.count > 256 ? nil : $0 }
    }

    func header(_ value: String, isSecure: Bool, seconds: Int? = nil) -> String {
        "\(name(isSecure: isSecure))=\(value); Path=/; HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
            + (seconds.map { "; Max-Age=\($0)" } ?? "")
    }

    func removal(isSecure: Bool) -> String { header("", isSecure: isSecure, seconds: 0) }
}
