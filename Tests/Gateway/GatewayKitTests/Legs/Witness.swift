import NIOCore

@testable import GatewayKit

/// A receiver that notes what it is told, and lets a test wait for it.
final class Witness: LegReceiver {
    enum Event: Hashable {
        case bytes(Int)
        case all
        case writable(Bool)
        case closed
    }

    private(set) var events: [Event] = []
    private(set) var bytes: [UInt8] = []
    /// Asked after each event; resumes the test once.
    private var awaited: (condition: (Witness) -> Bool, done: EventLoopPromise<Void>)?
    var onBytes: (Witness) -> Void = { _ in }
    var onWritable: (Witness) -> Void = { _ in }
    /// What was read, kept as a session keeps what it has not sent on.
    var kept: [ByteBuffer] = []
    var keeps = false

    func opened() {}
    func encrypted(alpn: String?) {}

    func received(_ bytes: ByteBuffer) {
        self.bytes.append(contentsOf: bytes.readableBytesView)
        if keeps { kept.append(bytes) }
        onBytes(self)
        note(.bytes(bytes.readableBytes))
    }

    func receivedAll() { note(.all) }

    func writabilityChanged(_ isWritable: Bool) {
        note(.writable(isWritable))
        if isWritable { onWritable(self) }
    }

    func closed() { note(.closed) }

    private func note(_ event: Event) {
        events.append(event)
        look()
    }

    private func look() {
        guard let (condition, done) = awaited, condition(self) else { return }
        awaited = nil
        done.succeed()
    }

    func when(_ condition: @escaping (Witness) -> Bool, _ done: EventLoopPromise<Void>) {
        awaited = (condition, done)
        look()
    }
}
