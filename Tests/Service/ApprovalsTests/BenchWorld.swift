import AccessModel
import Synchronization

@testable import Approvals

/// The clock, the ledger and the store of a bench. What takes its time is an operation, which runs by itself or one by one.
final class BenchWorld: ChangeSetStore {
    private struct Operation {
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
    var records: [RecordDraft] { state.withLock { $0.records } }
    var hasOperation: Bool { state.withLock { !$0.operations.isEmpty } }

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
        add { world, works in
            if works { world.state.withLock { $0.kept[id] = nil } }
        }
    }

    // MARK: Time

    private func add(_ run: @escaping @Sendable (BenchWorld, Bool) -> Void) {
        let runs = state.withLock {
            $0.operations.append(Operation(run: run))
            if $0.runsByItself { $0.running += 1 }
            return $0.runsByItself
        }
        guard runs else { return }
        Task {
            step()
            state.withLock { $0.running -= 1 }
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

    /// Returns when nothing runs by itself any more.
    func settled() async {
        while state.withLock({ $0.running > 0 }) { await Task.yield() }
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
