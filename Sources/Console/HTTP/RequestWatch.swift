internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Watches what a connection sends and how it reads, by the clock, and tells the table whether it waits for a request. In
/// the reserve it answers all but monitors itself, with 503.
final class RequestWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var door: ConnectionDoor?
    /// Requests that came whole, less those that were answered: below 0 where an answer did not wait for the end.
    private var owed = 0
    private var deadline: Scheduled<Void>?
    private var reading: RepeatedTask?
    private var isRefused = false

    private var isMonitor: Bool { door?.place?.rank == .monitor }

    func handlerAdded(context: ChannelHandlerContext) {
        door = try? context.pipeline.syncOperations.handler(type: ConnectionDoor.self)
        guard let bounds = door?.table.bounds else { return }
        wait(isMonitor ? bounds.reservedRequest : bounds.firstRequest, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        reading?.cancel()
        door = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused, let door else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if isMonitor, !RequestWatch.isMonitored(head) { return refuse(context) }
            wait(door.table.bounds.wholeRequest, context)
        case .body: break
        case .end:
            deadline?.cancel()
            owed += 1
            if owed == 1, let place = door.place { door.table.begin(place) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        owed -= 1
        if owed == 0, let door, let place = door.place { door.table.rest(place) }
        guard isMonitor else { return context.write(data, promise: promise) }
        // A place of the reserve is for one question.
        context.writeAndFlush(data, promise: promise)
        context.close(promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            reading?.cancel()
            reading = nil
        } else if reading == nil, let bounds = door?.table.bounds {
            watchReading(context, bounds)
        }
        context.fireChannelWritabilityChanged()
    }

    private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: time) { watch.value.door?.shut() }
    }

    /// Closes where too little was read since the last look.
    private func watchReading(_ context: ChannelHandlerContext, _ bounds: ConnectionBounds) {
        let before = NIOLoopBoundBox(RequestWatch.unread(context.channel), eventLoop: context.eventLoop)
        let watch = NIOLoopBound(self, eventLoop: context.eventLoop)
        let channel = context.channel
        reading = context.eventLoop.scheduleRepeatedTask(initialDelay: bounds.reading, delay: bounds.reading) { _ in
            let now = RequestWatch.unread(channel)
            if now > before.value - bounds.readAtLeast { watch.value.door?.shut() }
            before.value = now
        }
    }

    private static func unread(_ channel: any Channel) -> Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private static func isMonitored(_ head: HTTPRequest) -> Bool {
        let path = head.path?.prefix { $0 != "?" } ?? ""
        return (head.method == .get || head.method == .head) && ConnectionBounds.monitored.contains(String(path))
    }

    private func refuse(_ context: ChannelHandlerContext) {
        isRefused = true
        let body = "too many connections: try again in a moment\n"
        let head = HTTPResponse(
            status: .serviceUnavailable,
            headerFields: [
                .contentType: "text/plain; charset=utf-8", .contentLength: "\(body.utf8.count)", .retryAfter: "1",
                .connection: "close",
            ]
        )
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(context.channel.allocator.buffer(string: body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension RequestWatch: Sendable {}
