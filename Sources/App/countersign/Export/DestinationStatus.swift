internal import AccessModel
internal import Synchronization

/// How a destination fares: written by its thread, read by metrics and operators.
final class DestinationStatus: Sendable {
    struct Values: Sendable {
        var isConnected = false
        /// The index of the record that is read next, and of the one from which a restart would go on.
        var next: UInt64 = 0
        var settled: UInt64 = 0
        var events: UInt64 = 0
        var bytes: UInt64 = 0
        var failures: UInt64 = 0
        /// Events that the destination refused, and that are not tried again.
        var givenUp: UInt64 = 0
        /// The last attempt failed, or the last event was given up.
        var isFailing = false
        var lastError: String?
        var lastErrorTime: Timestamp?
        /// The time of the last record that was read.
        var lastRecord: Timestamp?
        /// Since when records wait that were not read.
        var behindSince: Timestamp?
    }

    private let stored = Mutex(Values())

    var values: Values { stored.withLock { $0 } }

    func update(_ body: (inout Values) -> Void) {
        stored.withLock { body(&$0) }
    }

    /// How many records on disk are not sent, and for how long the oldest of them waits.
    func lag(durable: UInt64, now: Timestamp) -> (records: UInt64, seconds: Double) {
        let values = values
        guard durable > values.next else { return (0, 0) }
        let since = max(values.lastRecord?.microseconds ?? .min, values.behindSince?.microseconds ?? .min)
        guard since != .min else { return (durable - values.next, 0) }
        return (durable - values.next, Double(max(0, now.microseconds - since)) / 1_000_000)
    }
}
