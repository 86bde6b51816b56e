internal import NIOCore
internal import NIOHTTP1

/// Answers the two documents of the demo issuer, and nothing else.
final class DemoIssuerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    static let discoveryPath = "/.well-known/openid-configuration"
    /// Where GitLab has it.
    static let keysPath = "/oauth/discovery/keys"

    private let documents: [String: String]
    private var head: HTTPRequestHead?

    init(documents: [String: String]) {
        self.documents = documents
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        // What a client sends along is passed over, never kept.
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error _: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let document = request.method == .GET ? documents[request.uri] : nil
        let body = context.channel.allocator.buffer(string: document ?? "{\"error\":\"not_found\"}")
        let headers: HTTPHeaders = [
            "content-type": "application/json", "content-length": "\(body.readableBytes)", "connection": "close",
        ]
        let status: HTTPResponseStatus = document == nil ? .notFound : .ok
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }
}

@available(*, unavailable)
extension DemoIssuerHandler: Sendable {}
