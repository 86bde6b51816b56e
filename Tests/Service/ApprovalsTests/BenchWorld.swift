import AccessModel
import Synchronization

@testable import Approvals

/// The clock, the ledger and the store of a bench. What takes its time is an operation, which runs by itself or one by one.
final class BenchWorld: ChangeSetStore {
    private struct Operation {
        /// Somebody waits for what comes of it.
        var isAwaited: Bool
        var run: @Sendable (BenchWorld, _ works: Bool) -> Void
    }

    private struct State {
        var now = Sample.now
        var ids: UInt64 = 0
        var records: [RecordDraft] = []
        var durable: UInt64 = 0
        var kept: [ULID: ChangeSetSnapshot] = [:]
        var operations: [Operation] = []
        var running = 0
        var whenAsked: (count: Int, continuation: CheckedContinuation<Void, Never>)?
        var whenQuiet: [CheckedContinuation<Void, Never>] = []
        var takesRecords = true
        var keeps = true
        var runsByItself: Bool
    }

    private let state: Mutex<State>

    init(runsByItself: Bool) {
        state = Mutex(State(runsByItself: runsByItself))
    }

    var now: Timestamp { state.withLock { $0.now } }
    var kept: [ChangeSetSnapshot] { state.withLock { Array($0.kept.values) } }
    /// Records that are on disk.
    var durable: UInt64 { state.withLock { $0.durable } }
    var records: [RecordDraft] { state.withLock { $0.records } }
    /// Whether an operation is to be done that somebody waits for.
    var isAwaited: Bool { state.withLock { $0.operations.contains(where: \.isAwaited) } }

    func advance(_ time: Duration) { state.withLock { $0.now = $0.now.advanced(by: time) } }
    func takeRecords(_ takes: Bool) { state.withLock { $0.takesRecords = takes } }
    func keep(_ keeps: Bool) { state.withLock { $0.keeps = keeps } }
    func runByItself(_ runs: Bool) { state.withLock { $0.runsByItself = runs } }

    func newID(at now: Timestamp) -> ULID {
        state.withLock {
            $0.ids += 1
            return ULID(at: now, tailHigh: 0, tailLow: $0.ids)
        }
    }

    // MARK: The ledger

    func record(_ draft: RecordDraft) -> UInt64? {
        state.withLock {
            guard $0.takesRecords else { return nil }
            $0.records.append(draft)
            return UInt64($0.records.count - 1)
        }
    }

    func whenDurable(_ index: UInt64, _ done: @escaping @Sendable (Bool) -> Void) {
        add { world, _ in
            world.state.withLock { $0.durable = max($0.durable, index + 1) }
            done(true)
        }
    }

    // MARK: The store

    func put(_ snapshot: ChangeSetSnapshot, done: @escaping @Sendable (Bool) -> Void) {
        add { world, works in
            if works { world.state.withLock { $0.kept[snapshot.id] = snapshot } }
            done(works)
        }
    }

    func remove(_ id: ULID) {
        add(isAwaited: false) { world, works in
            if works { world.state.withLock { $0.kept[id] = nil } }
        }
    }

    // MARK: Time

    private func add(isAwaited: Bool = true, _ run: @escaping @Sendable (BenchWorld, Bool) -> Void) {
        let (runs, waiting) = state.withLock { state in
            state.operations.append(Operation(isAwaited: isAwaited, run: run))
            if state.runsByItself { state.running += 1 }
            guard let asked = state.whenAsked, state.operations.count >= asked.count else {
                return (state.runsByItself, nil as CheckedContinuation<Void, Never>?)
            }
            state.whenAsked = nil
            return (state.runsByItself, asked.continuation)
        }
        waiting?.resume()
        guard runs else { return }
        Task {
            step()
            let quiet: [CheckedContinuation<Void, Never>] = state.withLock { state in
                state.running -= 1
                guard state.running == 0 else { return [] }
                defer { state.whenQuiet = [] }
                return state.whenQuiet
            }
            for continuation in quiet { continuation.resume() }
        }
    }

    /// Returns when there are so many operations to do. One may wait for it.
    func asked(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock {
                guard $0.operations.count < count else { return true }
                $0.whenAsked = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Runs the operation that was asked for first; false where there is none.
    @discardableResult
    func step() -> Bool {
        let next: (Operation, Bool)? = state.withLock {
            guard !$0.operations.isEmpty else { return nil }
            return ($0.operations.removeFirst(), $0.keeps)
        }
        guard let (operation, works) = next else { return false }
        operation.run(self, works)
        return true
    }

    /// Runs the operation that was asked for last: the ledger and the store do not wait for each other.
    @discardableResult
    func stepLast() -> Bool {
        state.withLock { if let last = $0.operations.popLast() { $0.operations.insert(last, at: 0) } }
        return step()
    }

    /// Returns when nothing runs by itself any more.
    func settled() async {
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock {
                guard $0.running > 0 else { return true }
                $0.whenQuiet.append(continuation)
                return false
            }
            if isQuiet { continuation.resume() }
        }
    }

    /// The gateway is killed; without power the records too that are not on disk are gone.
    func stop(power: Bool) {
        state.withLock {
            $0.operations = []
            $0.runsByItself = true
            if !power { $0.records = Array($0.records.prefix(Int($0.durable))) }
        }
    }
}
