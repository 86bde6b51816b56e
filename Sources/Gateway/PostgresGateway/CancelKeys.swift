internal import GatewayKit
internal import Synchronization

/// The keys that cancel: ours, which clients know, and the target's behind each.
final class CancelKeys: Sendable {
    struct Destination: Sendable {
        var endpoint: TargetEndpoint
        var process: UInt32
        var secret: [UInt8]
    }

    private struct Entry: Sendable {
        var secret: [UInt8]
        var destination: Destination
        /// Told of a cancel request that has the right secret.
        var cancelled: @Sendable () -> Void
    }

    private let table = Mutex<[UInt32: Entry]>([:])

    /// A new key: a process number that no live session has, and `length` random bytes.
    func issue(
        for destination: Destination,
        length: Int,
        cancelled: @escaping @Sendable () -> Void
    ) -> (process: UInt32, secret: [UInt8]) {
        var random = SystemRandomNumberGenerator()
        let secret = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        let process = table.withLock { table in
            var process = UInt32.random(in: 1...0x7FFF_FFFF, using: &random)
            while table[process] != nil { process = UInt32.random(in: 1...0x7FFF_FFFF, using: &random) }
            table[process] = Entry(secret: secret, destination: destination, cancelled: cancelled)
            return process
        }
        return (process, secret)
    }

    func find(process: UInt32, secret: [UInt8]) -> Destination? {
        guard let entry = table.withLock({ $0[process] }) else { return nil }
        // Constant time: whoever guesses must not learn how much was right.
        guard entry.secret.count == secret.count,
            zip(entry.secret, secret).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0
        else { return nil }
        entry.cancelled()
        return entry.destination
    }

    /// For the gateway itself, which needs no secret to end what a session of its own runs.
    func destination(of process: UInt32) -> Destination? {
        table.withLock { $0[process]?.destination }
    }

    func remove(process: UInt32) {
        table.withLock { $0[process] = nil }
    }
}
