internal import AccessModel
internal import Hummingbird
internal import NIOCore

/// `/ledger/checkpoint`, `/ledger/tile/…`: the log as C2SP tlog-tiles wants it served, read-only.
struct LedgerRoutes {
    let ports: LedgerPorts
    let people: PeoplePorts
    /// A bundle can have 16 MiB: so many are in memory at once, whoever asks for them.
    private let bundles = Turnstile(places: 4)

    func add(to router: Router<ConsoleContext>) {
        router.get("ledger/**") { request, context in await answer(request, context) }
    }

    private func answer(_ request: Request, _ context: ConsoleContext) async -> Response {
        let path = request.uri.path.dropFirst("/ledger/".count)
        // What is off is not there: nobody learns that it could be.
        guard let kind = LedgerResource.kind(of: path) else { return .nothing }
        switch ports.access.reach(of: kind) {
        case .off: return .nothing
        case .everyone: break
        case .loopback: guard context.isLoopback else { return .error("only from this machine", status: .forbidden) }
        case .auditors: guard isAuditor(request) else { return .unauthorized }
        case .token:
            guard let token = request.bearerToken, ports.access.isToken(token) else { return .unauthorized }
        }
        let place = kind == .entries ? bundles.enter() : Turnstile.Place()
        guard let place else { return .busy }
        guard let resource = await ports.read(String(path)), resource.kind == kind else { return .nothing }
        return response(resource, place)
    }

    /// Whether an auditor who has logged in asks: with the session's secret as the bearer token, or in its cookie.
    private func isAuditor(_ request: Request) -> Bool {
        let secret = request.bearerToken ?? ConsoleCookie.session.value(in: request, isSecure: people.isSecure)
        return secret.flatMap { people.person($0) }?.may(.auditor) ?? false
    }

    private func response(_ resource: LedgerResource, _ place: Turnstile.Place) -> Response {
        let buffer = ByteBuffer(bytes: resource.bytes)
        let isPublic = ports.access.reach(of: resource.kind) == .everyone
        return Response(
            status: .ok,
            headers: [
                .contentType: resource.kind == .checkpoint ? "text/plain; charset=utf-8" : "application/octet-stream",
                .cacheControl: resource.kind == .checkpoint
                    ? "max-age=2, must-revalidate" : "\(isPublic ? "public" : "private"), max-age=31536000, immutable",
                .contentLength: "\(resource.bytes.count)",
            ],
            body: ResponseBody(contentLength: buffer.readableBytes) { writer in
                try await writer.write(buffer)
                try await writer.finish(nil)
                // Given back when the last byte is with the kernel, or the client is gone.
                withExtendedLifetime(place) {}
            }
        )
    }
}

extension Request {
    /// The token of `Authorization: Bearer TOKEN` (RFC 6750 section 2.1).
    fileprivate var bearerToken: String? {
        guard let value = headers[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}

extension Response {
    /// Not cached: it may come to be there.
    fileprivate static var nothing: Response { .error("not found", status: .notFound) }

    fileprivate static var busy: Response {
        var response = Response.error("too many bundles are being read", status: .serviceUnavailable)
        response.headers[.retryAfter] = "1"
        return response
    }

    fileprivate static var unauthorized: Response {
        var response = Response.error("a bearer token is needed", status: .unauthorized)
        response.headers[.wwwAuthenticate] = "Bearer"
        return response
    }
}
