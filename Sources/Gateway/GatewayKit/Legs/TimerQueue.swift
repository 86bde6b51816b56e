internal import NIOCore

/// Timers of one loop, in the order they are due. A loop has a handful: its sessions share one clock.
struct TimerQueue {
    /// Names a timer, for whoever takes it back.
    final class Number: Sendable {}

    private var timers: [(deadline: NIODeadline, number: Number, body: () -> Void)] = []

    var isEmpty: Bool { timers.isEmpty }

    /// When the next one is due.
    var first: NIODeadline? { timers.first?.deadline }

    /// Behind those that are due at the same moment.
    mutating func insert(at deadline: NIODeadline, _ number: Number, _ body: @escaping () -> Void) {
        let place = timers.firstIndex { $0.deadline > deadline } ?? timers.endIndex
        timers.insert((deadline, number, body), at: place)
    }

    mutating func remove(_ number: Number) {
        timers.removeAll { $0.number === number }
    }

    /// Takes the next timer that is due.
    mutating func take(at now: NIODeadline) -> (() -> Void)? {
        guard let first = timers.first, first.deadline <= now else { return nil }
        return timers.removeFirst().body
    }
}
