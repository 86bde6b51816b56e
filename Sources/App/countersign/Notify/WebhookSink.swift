internal import AccessModel
internal import AsyncHTTPClient
internal import Foundation
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Notifications
internal import Synchronization

/// Posts notifications, one a request, signed anew for each attempt. A status of 2xx is their receipt; `WebhookAnswer` says
/// what the others mean.
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
    private let patience: SharedPatience
    private let onDrop: @Sendable (Delivery, String) -> Void
    private let refused = Mutex<String?>(nil)
    private let client = Mutex<HTTPClient?>(nil)

    private static let timeout = TimeAmount.seconds(15)

    var refusal: String? { refused.withLock { $0 } }

    /// `patience` outlives the sink; `onDrop` is told why a notification is given up.
    init(
        _ address: Address,
        patience: SharedPatience,
        onDrop: @escaping @Sendable (Delivery, String) -> Void
    ) {
        self.address = address
        self.patience = patience
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
        let answer: StatusDelegate.Answer
        do {
            let request = try HTTPClient.Request(
                url: address.url,
                method: .POST,
                headers: headers(delivery),
                body: .bytes(delivery.body)
            )
            let deadline = NIODeadline.now() + WebhookSink.timeout
            answer = try client.execute(request: request, delegate: StatusDelegate(), deadline: deadline).wait()
        } catch {
            throw Failure("\(address.shown): \(ConnectionFault(error))")
        }
        try settle(delivery, answer)
    }

    private func settle(_ delivery: Delivery, _ answer: StatusDelegate.Answer) throws {
        let words = "\(address.shown): HTTP status \(answer.status)"
        switch WebhookAnswer(status: answer.status, after: answer.after) {
        case .taken:
            patience.taken()
            refused.withLock { $0 = nil }
        case .later(let after):
            guard let after else { throw Failure(words) }
            throw DelayedRetry(description: words, after: after)
        case .refused:
            guard let pause = patience.refused(delivery.id) else { return giveUp(delivery, words) }
            throw DelayedRetry(description: "\(words): it refuses the notification", after: pause)
        case .gone: giveUp(delivery, words)
        }
    }

    private func giveUp(_ delivery: Delivery, _ words: String) {
        refused.withLock { $0 = "\(words): a notification was refused and given up" }
        onDrop(delivery, words)
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
