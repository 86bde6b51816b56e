internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Serves the demo issuer's documents on the loopback address. Tokens are not given out here: whoever reaches the port
/// would be any job.
struct DemoIssuerServer: Sendable {
    private let channel: any Channel

    static func start(_ issuer: DemoIssuer, port: Int) async throws -> DemoIssuerServer {
        let documents = [
            DemoIssuerHandler.discoveryPath: issuer.discovery, DemoIssuerHandler.keysPath: issuer.keySet,
        ]
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 16)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(DemoIssuerHandler(documents: documents))
                }
            }
        do {
            return DemoIssuerServer(channel: try await bootstrap.bind(host: "127.0.0.1", port: port).get())
        } catch {
            throw Failure("the demo issuer cannot listen on 127.0.0.1:\(port): choose another port with --issuer-port")
        }
    }

    func stop() async {
        try? await channel.close()
    }
}
