internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Synchronization

/// Posts events, one a line, and takes a status of 2xx for their receipt.
final class HTTPSink: ExportSink {
    struct Address: Sendable {
        var url: String
        /// PEM of the authorities; nil for the system's.
        var ca: String?
        /// Values are secrets.
        var headers: [(name: String, value: String)]
        var contentType: String
    }

    let acknowledges = true
    private let address: Address
    private let client = Mutex<HTTPClient?>(nil)

    private static let timeout = TimeAmount.seconds(30)

    init(_ address: Address) {
        self.address = address
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
        guard let client = client.withLock({ $0 }) else { throw Failure("\(address.url): closed") }
        var body: [UInt8] = []
        for event in events { body += event + [0x0A] }
        var headers = HTTPHeaders(address.headers.map { ($0.name, $0.value) })
        headers.add(name: "content-type", value: address.contentType)
        headers.add(name: "user-agent", value: "countersign/\(Version.current)")
        let status: UInt
        do {
            let request = try HTTPClient.Request(url: address.url, method: .POST, headers: headers, body: .bytes(body))
            let delegate = StatusDelegate()
            let deadline = NIODeadline.now() + HTTPSink.timeout
            status = try client.execute(request: request, delegate: delegate, deadline: deadline).wait().status
        } catch {
            throw Failure("\(address.url): \(ConnectionFault(error))")
        }
        guard (200..<300).contains(status) else { throw Failure("\(address.url): HTTP status \(status)") }
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
