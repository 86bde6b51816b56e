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
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    let desk: ApprovalDesk
    private let shared: Shared

    init() {
        let shared = Shared()
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
                changed: { _ in }
            )
        )
    }

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
}
