internal import AccessModel
internal import AsyncHTTPClient
internal import Foundation
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Notifications
internal import Synchronization

/// Posts notifications, one a request, signed anew for each attempt. A status of 2xx is their receipt; one that says that
/// the receiver will never take it drops it, and it is counted.
final class WebhookSink: ExportSink {
    struct Address: Sendable {
        /// It may be a secret: never printed.
        var url: String
        /// What is printed instead: the host.
        var shown: String
        /// PEM of the authorities; nil for the system's.
        var ca: String?
        /// Nil: not signed.
        var secret: [UInt8]?
    }

    let acknowledges = true
    private let address: Address
    private let onDrop: @Sendable (String) -> Void
    private let client = Mutex<HTTPClient?>(nil)

    private static let timeout = TimeAmount.seconds(15)

    /// `onDrop` is told why a notification is given up.
    init(_ address: Address, onDrop: @escaping @Sendable (String) -> Void) {
        self.address = address
        self.onDrop = onDrop
    }

    func open() throws {
        guard client.withLock({ $0 == nil }) else { return }
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let ca = address.ca { tls.trustRoots = .file(ca) }
        configuration.tlsConfiguration = tls
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.retryConnectionEstablishment = false
        let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        client.withLock { $0 = made }
    }

    func send(_ events: [[UInt8]]) throws {
        for event in events { if let delivery = Delivery(event) { try send(delivery) } }
    }

    private func send(_ delivery: Delivery) throws {
        guard let client = client.withLock({ $0 }) else { throw Failure("\(address.shown): closed") }
        let status: UInt
        do {
            let request = try HTTPClient.Request(
                url: address.url,
                method: .POST,
                headers: headers(delivery),
                body: .bytes(delivery.body)
            )
            let deadline = NIODeadline.now() + WebhookSink.timeout
            status = try client.execute(request: request, delegate: StatusDelegate(), deadline: deadline).wait()
        } catch {
            throw Failure("\(address.shown): \(ConnectionFault(error))")
        }
        switch status {
        case 200..<300: return
        // Of the client's errors these alone may pass.
        case 401, 403, 404, 408, 425, 429: throw Failure("\(address.shown): HTTP status \(status)")
        case 400..<500: onDrop("HTTP status \(status)")
        default: throw Failure("\(address.shown): HTTP status \(status)")
        }
    }

    private func headers(_ delivery: Delivery) -> HTTPHeaders {
        var headers = HTTPHeaders([
            ("content-type", "application/json"), ("user-agent", "countersign/\(Version.current)"),
            ("Countersign-Delivery", delivery.id), ("Countersign-Event", delivery.event),
        ])
        if let secret = address.secret {
            let value = WebhookSignature.value(of: Array(delivery.body), at: SystemClock.now(), secret: secret)
            headers.add(name: WebhookSignature.header, value: value)
        }
        return headers
    }

    func check() throws {}

    func interrupt() {
        client.withLock { $0.take() }?.shutdown { _ in }
    }

    func close() {
        let ended = client.withLock { $0.take() }
        try? ended?.syncShutdown()
    }
}
