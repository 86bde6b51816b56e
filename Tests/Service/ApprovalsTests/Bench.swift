import AccessModel
import Synchronization

@testable import Approvals

/// A desk with a clock and a ledger of the test's own.
final class Bench: Sendable {
    private struct State {
        var now = Sample.now
        var ids: UInt64 = 0
        var kinds: [RecordKind] = []
        var answers: [HoldAnswer] = []
        var takesRecords = true
        var kept: [ULID: ChangeSetSnapshot] = [:]
        var keeps = true
    }

    private final class Shared: ChangeSetStore {
        let state = Mutex(State())

        func put(_ snapshot: ChangeSetSnapshot, done: @escaping @Sendable (Bool) -> Void) {
            done(
                state.withLock {
                    if $0.keeps { $0.kept[snapshot.id] = snapshot }
                    return $0.keeps
                }
            )
        }

        func remove(_ id: ULID) { state.withLock { $0.kept[id] = nil } }

        func settle() async {}
    }

    let desk: ApprovalDesk
    private let shared: Shared

    convenience init() { self.init(Shared()) }

    /// The same clock, ledger and store after a restart.
    func restarted() -> Bench {
        let bench = Bench(shared)
        bench.desk.restore(kept)
        return bench
    }

    private init(_ shared: Shared) {
        self.shared = shared
        desk = ApprovalDesk(
            ports: ApprovalPorts(
                now: { shared.state.withLock { $0.now } },
                newID: { now in
                    shared.state.withLock {
                        $0.ids += 1
                        return ULID(at: now, tailHigh: 0, tailLow: $0.ids)
                    }
                },
                random: { Array(repeating: 7, count: $0) },
                record: { draft in
                    shared.state.withLock {
                        guard $0.takesRecords else { return false }
                        $0.kinds.append(draft.kind)
                        return true
                    }
                },
                link: { _ in nil },
                changed: { _ in },
                canonical: { text, count in
                    let pieces = text.split(separator: ";").map(String.init)
                    return pieces.count == count ? pieces : nil
                },
                store: shared
            )
        )
    }

    var kept: [ChangeSetSnapshot] { shared.state.withLock { Array($0.kept.values) } }
    var kinds: [RecordKind] { shared.state.withLock { $0.kinds } }
    var answers: [HoldAnswer] { shared.state.withLock { $0.answers } }

    @discardableResult
    func hold() throws(ApprovalRefusal) -> HoldTicket {
        let shared = shared
        return try desk.hold(Sample.command(), terms: [Sample.terms()]) { answer in
            shared.state.withLock { $0.answers.append(answer) }
        }
    }

    func advance(_ time: Duration) { shared.state.withLock { $0.now = $0.now.advanced(by: time) } }

    func refuseRecords() { shared.state.withLock { $0.takesRecords = false } }

    func keepNothing() { shared.state.withLock { $0.keeps = false } }

    /// Asks for a set and has it approved.
    func approved(_ set: ChangeSet = Sample.set()) throws -> Hold {
        let hold = try desk.request(set, terms: [Sample.terms()])
        return try desk.answer(hold.id, by: Sample.person("ana", ["dba"]), .approve, reason: nil, digest: hold.digest)
    }

    /// A session sends this; what it was told, or nil where it waits.
    @discardableResult
    func send(_ command: HeldCommand, terms: [ApprovalTerms] = [Sample.terms()]) throws -> (HoldTicket, HoldAnswer?) {
        let shared = shared
        let before = answers.count
        let ticket = try desk.hold(command, terms: terms) { answer in
            shared.state.withLock { $0.answers.append(answer) }
        }
        return (ticket, answers.count > before ? answers.last : nil)
    }
}
