internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Listens on 127.0.0.1, on a port that the system chose, for one browser's answer.
struct LoopbackListener: Sendable {
    let port: Int
    private let channel: any Channel
    private let outcomes: AsyncStream<LoginCallback.Outcome>

    static func start(state: String) async throws -> LoopbackListener {
        let (outcomes, continuation) = AsyncStream.makeStream(
            of: LoginCallback.Outcome.self,
            bufferingPolicy: .bufferingOldest(1)
        )
        let callback = LoginCallback(state: state)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 16)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(LoopbackHandler(callback: callback) { continuation.yield($0) })
                }
            }
        do {
            let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
            return LoopbackListener(port: channel.localAddress?.port ?? 0, channel: channel, outcomes: outcomes)
        } catch {
            throw Failure("no port of 127.0.0.1 can be listened on (\(error))")
        }
    }

    /// Nil where nobody came in time.
    func outcome(within limit: Duration) async -> LoginCallback.Outcome? {
        await withTaskGroup(of: LoginCallback.Outcome?.self) { group in
            group.addTask {
                for await outcome in outcomes { return outcome }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    func stop() async {
        try? await channel.close()
    }
}
