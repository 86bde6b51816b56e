import AccessModel
import GatewayKit
import Synchronization

/// A ledger in memory that can be made to refuse, and whose disk answers when it is told to.
final class TestLedger: Sendable {
    private struct State {
        var drafts: [RecordDraft] = []
        var isFailing = false
        var isUnwitnessed = false
        var waiting: [(index: UInt64, done: @Sendable (Result<Void, RecordRefusal>) -> Void)] = []
    }

    private let state = Mutex(State())

    var drafts: [RecordDraft] { state.withLock { $0.drafts } }
    var bodies: [String] { drafts.map { String(decoding: $0.body, as: UTF8.self) } }
    var commands: [String] { drafts.filter { $0.kind == .command }.map { String(decoding: $0.body, as: UTF8.self) } }
    var outcomes: [String] { drafts.filter { $0.kind == .outcome }.map { String(decoding: $0.body, as: UTF8.self) } }

    func fail(_ isFailing: Bool = true) { state.withLock { $0.isFailing = isFailing } }

    func loseWitnesses(_ isUnwitnessed: Bool = true) { state.withLock { $0.isUnwitnessed = isUnwitnessed } }

    var changeRefusal: RecordRefusal? {
        state.withLock { $0.isUnwitnessed ? RecordRefusal(cause: "no quorum of witnesses") : nil }
    }

    func append(_ draft: RecordDraft) -> Result<RecordReference, RecordRefusal> {
        state.withLock { state in
            guard !state.isFailing else { return .failure(RecordRefusal(cause: "the disk is full")) }
            state.drafts.append(draft)
            let index = UInt64(state.drafts.count)
            return .success(RecordReference(id: ULID(high: 0, low: index), index: index))
        }
    }

    func write() -> Result<Void, RecordRefusal> {
        state.withLock { $0.isFailing ? .failure(RecordRefusal(cause: "i/o error")) : .success(()) }
    }

    func whenDurable(_ index: UInt64, _ done: @escaping @Sendable (Result<Void, RecordRefusal>) -> Void) {
        state.withLock { $0.waiting.append((index, done)) }
    }

    /// The disk has taken, or refused, everything so far.
    func sync(_ result: Result<Void, RecordRefusal> = .success(())) {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for entry in waiting { entry.done(result) }
    }
}
