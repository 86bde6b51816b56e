internal import Hummingbird
internal import NIOCore

/// `POST …/add-checkpoint` (C2SP tlog-witness). There is no authentication but the signature of the log's key inside, so
/// everything before it is bounded: bytes, time, and requests of an address.
struct WitnessRoutes {
    let endpoint: WitnessEndpoint
    private let pace = AddressPace(burst: 60, perSecond: 10)

    /// How long a body may take to come.
    static let patience = Duration.seconds(10)

    func add(to router: Router<ConsoleContext>, below prefix: String = "") {
        router.post("\(prefix)/add-checkpoint") { request, context -> Response in
            guard pace.admits(context.client) else {
                return .plain("too many requests from this address\n", status: .tooManyRequests)
            }
            guard let body = try await body(of: request) else {
                // What has not come may come yet: the connection is of no more use.
                var response = Response.plain("the request took too long\n", status: .requestTimeout)
                response.headers[.connection] = "close"
                return response
            }
            let answer = await endpoint.addCheckpoint(body)
            return Response(
                status: .init(code: answer.status),
                headers: [.contentType: answer.contentType, .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(bytes: answer.body))
            )
        }
    }

    /// Nil where it did not come in time. Throws `HTTPError(.contentTooLarge)`.
    private func body(of request: Request) async throws -> [UInt8]? {
        let limit = endpoint.longest
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await part in request.body {
                    guard bytes.count + part.readableBytes <= limit else { throw HTTPError(.contentTooLarge) }
                    bytes.append(contentsOf: part.readableBytesView)
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: Self.patience)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

extension Response {
    fileprivate static func plain(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }
}
