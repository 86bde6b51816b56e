internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Notifications
internal import Synchronization

/// Hands notifications to a server of mail, each over a connection of its own: there are few.
final class SMTPSink: ExportSink {
    struct Address: Sendable {
        var host: String
        var port: Int
        var security: SMTPDialogue.Security
        /// Nil without TLS.
        var tls: NIOSSLContext?
        /// The name that is asked for; nil for an address.
        var serverName: String?
        var credential: SMTPDialogue.Credential?
        var from: MailAddress
        /// The name by which the gateway greets.
        var greeting: String
    }

    let acknowledges = true
    private let address: Address
    private let onDrop: @Sendable (Delivery, String) -> Void
    private let refused = Mutex<String?>(nil)
    private let channel = Mutex<(any Channel)?>(nil)

    /// Of one message, from the connection to the receipt.
    private static let timeout = TimeAmount.seconds(60)

    var refusal: String? { refused.withLock { $0 } }

    init(_ address: Address, onDrop: @escaping @Sendable (Delivery, String) -> Void) {
        self.address = address
        self.onDrop = onDrop
    }

    func open() throws {}

    func send(_ events: [[UInt8]]) throws {
        for event in events {
            guard let delivery = Delivery(event) else { continue }
            guard let message = MailMessage(encoded: delivery.body, from: address.from) else {
                giveUp(delivery, "it cannot be read")
                continue
            }
            do {
                try deliver(message)
                refused.withLock { $0 = nil }
            } catch let fault as SMTPFault where fault.isPermanent {
                giveUp(delivery, "\(fault)")
            } catch {
                throw Failure("\(address.host):\(address.port): \(ConnectionFault(error))")
            }
        }
    }

    private func giveUp(_ delivery: Delivery, _ why: String) {
        refused.withLock { $0 = "\(address.host):\(address.port): a notification was refused and given up: \(why)" }
        onDrop(delivery, why)
    }

    private func deliver(_ message: MailMessage) throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let delivered = loop.makePromise(of: Void.self)
        let address = address
        let connecting = ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if address.security == .implicit, let tls = address.tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: address.serverName)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    let dialogue = SMTPDialogue(
                        message,
                        security: address.security,
                        credential: address.credential,
                        host: address.greeting
                    )
                    let leg = SMTPLeg(dialogue, tls: address.tls, serverName: address.serverName, delivered)
                    try channel.pipeline.syncOperations.addHandler(leg)
                }
            }
            .connect(host: address.host, port: address.port)
        connecting.whenFailure { delivered.fail($0) }
        connecting.whenSuccess { [self] opened in channel.withLock { $0 = opened } }
        let watch = loop.scheduleTask(in: SMTPSink.timeout) { [self] in
            delivered.fail(ChannelError.connectTimeout(SMTPSink.timeout))
            channel.withLock { $0 }?.close(promise: nil)
        }
        defer {
            watch.cancel()
            close()
        }
        try delivered.futureResult.wait()
    }

    func check() throws {}

    func interrupt() { channel.withLock { $0 }?.close(promise: nil) }

    func close() { channel.withLock { $0.take() }?.close(promise: nil) }
}
