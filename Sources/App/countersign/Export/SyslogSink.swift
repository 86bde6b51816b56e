internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Syslog over TLS (RFC 5425) with octet counting: `LENGTH SP MESSAGE`. The receiver acknowledges nothing; what is written
/// is in the hands of the kernel, which tells when the receiver's has it.
final class SyslogSink: ExportSink {
    struct Address: Sendable {
        var host: String
        var port: Int
        /// Nil for a connection in clear.
        var tls: NIOSSLContext?
        /// The name that is sent; nil for an address.
        var serverName: String?
        /// How long sent bytes may stay without the acknowledgement of the peer's TCP.
        var patience: Duration
    }

    let acknowledges = false
    private let address: Address
    private let channel = Mutex<(any Channel)?>(nil)

    private static let connectTimeout = TimeAmount.seconds(10)
    /// How long a receiver may take nothing before the connection is given up.
    private static let stall = TimeAmount.seconds(60)

    init(_ address: Address) {
        self.address = address
    }

    func open() throws {
        close()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let ready = loop.makePromise(of: Void.self)
        let (tls, name) = (address.tls, address.serverName)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(SyslogSink.connectTimeout)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: name)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(SyslogLeg(ready, isSecured: tls != nil))
                }
            }
        let connecting = bootstrap.connect(host: address.host, port: address.port)
        let patience = address.patience
        connecting.whenComplete { result in
            switch result {
            case .success(let channel):
                loop.scheduleTask(in: SyslogSink.connectTimeout) {
                    ready.fail(ChannelError.connectTimeout(.seconds(10)))
                }
                _ = channel.setOption(.tcpUserTimeout, value: SocketOptionValue(patience.components.seconds * 1000))
            case .failure(let error): ready.fail(error)
            }
        }
        do {
            let opened = try connecting.wait()
            channel.withLock { $0 = opened }
            try ready.futureResult.wait()
        } catch {
            close()
            throw Failure("\(address.host):\(address.port): \(ConnectionFault(error))")
        }
    }

    func send(_ events: [[UInt8]]) throws {
        guard let channel = channel.withLock({ $0 }), channel.isActive else { throw gone() }
        var buffer = channel.allocator.buffer(capacity: events.reduce(0) { $0 + $1.count + 6 })
        for event in events {
            buffer.writeString("\(event.count) ")
            buffer.writeBytes(event)
        }
        let watch = channel.eventLoop.scheduleTask(in: SyslogSink.stall) { channel.close(promise: nil) }
        defer { watch.cancel() }
        do {
            try channel.writeAndFlush(buffer).wait()
        } catch {
            throw Failure("\(address.host):\(address.port): \(ConnectionFault(error))")
        }
    }

    func check() throws {
        guard channel.withLock({ $0?.isActive }) == true else { throw gone() }
    }

    var isDrained: Bool {
        channel.withLock { $0 }.flatMap { TransmissionState.of($0) }?.isDrained ?? false
    }

    func interrupt() {
        channel.withLock { $0 }?.close(promise: nil)
    }

    func close() {
        channel.withLock { $0.take() }?.close(promise: nil)
    }

    private func gone() -> Failure {
        Failure("\(address.host):\(address.port): the receiver closed the connection")
    }
}

extension ChannelOption where Self == ChannelOptions.Types.SocketOption {
    /// Linux, tcp(7): milliseconds that sent data may stay unacknowledged.
    fileprivate static var tcpUserTimeout: Self {
        .init(level: .tcp, name: .init(rawValue: 18))
    }
}
