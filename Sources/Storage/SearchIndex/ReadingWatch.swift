internal import Dispatch
internal import GRDB
internal import Synchronization

/// Interrupts questions whose time is over. A question that has ended is never interrupted, whoever has its connection next.
final class ReadingWatch: Sendable {
    private let running = Mutex<(next: Int, connections: [Int: ReadingConnection])>((0, [:]))
    private let queue = DispatchQueue(label: "index-watch")

    func begin(_ connection: ReadingConnection, until deadline: ContinuousClock.Instant) -> Int {
        let ticket = running.withLock { running in
            running.next += 1
            running.connections[running.next] = connection
            return running.next
        }
        let left = (deadline - ContinuousClock.now).components
        let nanoseconds = left.seconds * 1_000_000_000 + left.attoseconds / 1_000_000_000
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(max(0, nanoseconds)))) { [weak self] in
            self?.interrupt(ticket)
        }
        return ticket
    }

    func end(_ ticket: Int) {
        _ = running.withLock { $0.connections.removeValue(forKey: ticket) }
    }

    /// Under the lock: a question cannot end, and its connection go to another, between the look and the interruption.
    private func interrupt(_ ticket: Int) {
        running.withLock { $0.connections[ticket]?.queue.interrupt() }
    }
}
