internal import NIOCore
internal import NIOHTTP1

/// Takes the browser's answer, tells its reader to go back to the terminal, and answers 404 to whatever else is asked.
final class LoopbackHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let callback: LoginCallback
    private let onOutcome: @Sendable (LoginCallback.Outcome) -> Void
    private var head: HTTPRequestHead?

    init(callback: LoginCallback, onOutcome: @escaping @Sendable (LoginCallback.Outcome) -> Void) {
        self.callback = callback
        self.onOutcome = onOutcome
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        // What a client sends along is passed over, never kept.
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            answer(callback.outcome(of: head), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error _: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ outcome: LoginCallback.Outcome?, _ context: ChannelHandlerContext) {
        let body = context.channel.allocator.buffer(string: LoopbackHandler.page(outcome))
        let headers: HTTPHeaders = [
            "content-type": "text/html; charset=utf-8", "content-length": "\(body.readableBytes)",
            "connection": "close", "cache-control": "no-store", "referrer-policy": "no-referrer",
            "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            "x-content-type-options": "nosniff",
        ]
        let head = HTTPResponseHead(version: .http1_1, status: outcome == nil ? .notFound : .ok, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let (channel, onOutcome) = (context.channel, onOutcome)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            // After the page is on its way: the program may end at once.
            if let outcome { onOutcome(outcome) }
            channel.close(promise: nil)
        }
    }

    private static func page(_ outcome: LoginCallback.Outcome?) -> String {
        let words =
            switch outcome {
            case .code: "Go on in your terminal: it says whether you are logged in. You can close this page."
            case .refused: "Nothing was logged in. You can close this page."
            case nil: "There is nothing here."
            }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Countersign</title></head><body><main><h1>Countersign</h1><p>\(words)</p></main></body></html>

            """
    }
}

@available(*, unavailable)
extension LoopbackHandler: Sendable {}
