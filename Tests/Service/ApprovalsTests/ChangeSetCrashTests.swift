import AccessModel
import Synchronization
import Testing

@testable import Approvals

@Suite("A crash, at whatever moment")
struct ChangeSetCrashTests {
    enum Act: String, CaseIterable, Sendable {
        case request, firstYes, yes, use, giveBack, no, revoke, expire
    }

    struct Crash: Sendable, CustomTestStringConvertible {
        var act: Act
        /// The writes, to the ledger's disk and the store, that are done before it.
        var writes: Int
        /// Without power, what the ledger has not on disk is lost as well.
        var power: Bool
        var testDescription: String { "\(act) after \(writes) writes, \(power ? "killed" : "without power")" }
    }

    static let crashes = Act.allCases.flatMap { act in
        (0...5).flatMap { writes in [true, false].map { Crash(act: act, writes: writes, power: $0) } }
    }

    private let bench = Bench()

    /// Begins an act of which nothing is written yet. Returns its set and a flag that is set when its answer was given.
    private func begin(_ act: Act) async throws -> (id: ULID?, answered: Answered) {
        let answered = Answered()
        let quorum = act == .firstYes ? 2 : 1
        guard act != .request else {
            return (nil, start(answered) { _ = try await bench.desk.request(Sample.set(), terms: [Sample.terms()]) })
        }
        let set = try await bench.desk.request(Sample.set(), terms: [Sample.terms(quorum: quorum)])
        if [.use, .giveBack, .revoke, .expire].contains(act) { try await bench.answer(set, "ana", .approve) }
        let used = act == .giveBack ? try await bench.send(Sample.command(text: "DELETE 1")).0 : nil
        await bench.world.settled()
        bench.world.runByItself(false)
        switch act {
        case .request: break
        case .firstYes, .yes: start(answered) { try await bench.answer(set, "cleo", .approve) }
        case .no, .revoke: start(answered) { try await bench.answer(set, "cleo", .deny) }
        case .use:
            let ticket = try bench.desk.hold(Sample.command(text: "DELETE 1"), terms: [Sample.terms()]) {
                if case .approved = $0 { answered.set() }
            }
            #expect(ticket.isPreapproved)
        case .giveBack: bench.desk.withdraw(try #require(used).id, .disconnected)
        case .expire:
            bench.advance(.seconds(3600))
            bench.desk.tick()
        }
        return (set.id, answered)
    }

    @discardableResult
    private func start(_ answered: Answered, _ body: @escaping @Sendable () async throws -> Void) -> Answered {
        bench.world.runByItself(false)
        Task {
            try await body()
            answered.set()
        }
        return answered
    }

    @Test("leaves nothing that serves against what was told, nor without it", arguments: crashes)
    func crash(_ crash: Crash) async throws {
        var (id, answered) = try await begin(crash.act)
        let deadline = ContinuousClock.now + .seconds(20)
        while !bench.world.hasOperation, ContinuousClock.now < deadline { await Task.yield() }
        try #require(bench.world.hasOperation)
        for _ in 0..<crash.writes { bench.world.step() }
        id = id ?? bench.desk.waiting.first?.id
        for _ in 0..<50 where !answered.isSet { await Task.yield() }
        let wasAnswered = answered.isSet
        let again = await bench.restarted(power: crash.power)
        let told = Told(of: try #require(id), in: again.world.records)
        let hold = again.desk.find(try #require(id))
        let isOpen = hold?.isOpen(at: again.world.now) ?? false
        if told.isOver { #expect(hold.map(\.state.isOver) ?? true, "it came back: \(told)") }
        if isOpen { #expect(told.isRequested && told.yes > 0, "it serves untold") }
        if let hold, !hold.state.isOver {
            #expect(told.isRequested && told.yes >= hold.votes.count, "\(hold.votes) untold")
        }
        let (ticket, _) = try await again.send(Sample.command(text: "DELETE 1"))
        if !isOpen { #expect(!ticket.isPreapproved) }
        guard wasAnswered else { return }
        switch crash.act {
        case .request: #expect(hold?.isWaiting == true)
        case .firstYes: #expect(hold?.votes.count == 1)
        case .yes: #expect(isOpen)
        case .use: #expect(!ticket.isPreapproved, "it is used twice")
        case .no, .revoke, .expire: #expect(!isOpen && told.isOver)
        case .giveBack: break
        }
    }

    @Test("brings each act about once its writes are done", arguments: Act.allCases)
    func done(_ act: Act) async throws {
        let (id, answered) = try await begin(act)
        bench.world.runByItself(true)
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            while bench.world.step() {}
            await bench.world.settled()
            if answered.isSet || [.expire, .giveBack].contains(act), !bench.world.hasOperation { break }
            await Task.yield()
        }
        let again = await bench.restarted(power: false)
        let found = try #require(id ?? again.desk.waiting.first?.id)
        let told = Told(of: found, in: again.world.records)
        switch act {
        case .request: #expect(again.desk.find(found)?.isWaiting == true && told.isRequested)
        case .firstYes: #expect(again.desk.find(found)?.missing(at: again.world.now) == 1)
        case .yes, .giveBack: #expect(try await again.send(Sample.command(text: "DELETE 1")).1 != nil)
        case .use: #expect(try await again.send(Sample.command(text: "DELETE 1")).1 == nil)
        case .no, .revoke, .expire:
            #expect(again.desk.find(found) == nil && told.isOver && again.kept.isEmpty)
            #expect(told.ends == 1)
        }
    }
}

/// Whether somebody was given their answer.
final class Answered: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}

/// What a ledger tells of one approval.
struct Told: CustomStringConvertible {
    var isRequested = false
    var yes = 0
    var ends = 0
    var isOver: Bool { ends > 0 }
    var description: String { "requested \(isRequested), \(yes) yes, \(ends) ends" }

    init(of id: ULID, in records: [RecordDraft]) {
        for draft in records {
            let text = String(decoding: draft.body, as: UTF8.self)
            guard text.hasPrefix("\"approval\":{\"id\":\"\(id)\"") else { continue }
            isRequested = isRequested || draft.kind == .approvalRequested
            if text.contains("\"answer\":\"approve\"") { yes += 1 }
            if ["denied", "expired", "withdrawn"].contains(where: { text.contains("\"state\":\"\($0)\"") }) {
                ends += 1
            }
        }
    }
}
