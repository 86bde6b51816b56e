import AccessModel
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

    /// Begins an act of which nothing is written yet. Returns its set, and what returns when its answer was given.
    private func begin(_ act: Act) async throws -> (id: ULID?, answer: @Sendable () async throws -> Void) {
        guard act != .request else {
            let request = start { _ = try await bench.desk.request(Sample.set(), terms: [Sample.terms()]) }
            await bench.world.asked()
            return (nil, request)
        }
        let terms = [Sample.terms(quorum: act == .firstYes ? 2 : 1)]
        let set = try await bench.desk.request(Sample.set(), terms: terms)
        if [.use, .giveBack, .revoke, .expire].contains(act) { try await bench.answer(set, "ana", .approve) }
        let used = act == .giveBack ? try await bench.send(Sample.command(text: "DELETE 1")).0 : nil
        await bench.world.settled()
        bench.world.runByItself(false)
        var answer: @Sendable () async throws -> Void = {}
        switch act {
        case .request: break
        case .firstYes, .yes: answer = start { try await bench.answer(set, "cleo", .approve) }
        case .no, .revoke: answer = start { try await bench.answer(set, "cleo", .deny) }
        case .use: answer = start { _ = try await bench.send(Sample.command(text: "DELETE 1")) }
        case .giveBack: bench.desk.withdraw(try #require(used).id, .disconnected)
        case .expire:
            bench.advance(.seconds(3600))
            bench.desk.tick()
        }
        await bench.world.asked()
        return (set.id, answer)
    }

    private func start(_ body: @escaping @Sendable () async throws -> Void) -> @Sendable () async throws -> Void {
        bench.world.runByItself(false)
        let task = Task { try await body() }
        return { try await task.value }
    }

    @Test("leaves nothing that serves against what was told, nor without it", arguments: crashes)
    func crash(_ crash: Crash) async throws {
        var (id, answer) = try await begin(crash.act)
        for _ in 0..<crash.writes { bench.world.step() }
        id = id ?? bench.desk.waiting.first?.id
        let wasAnswered = !bench.world.isAwaited
        if wasAnswered { try await answer() }
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
        let (id, answer) = try await begin(act)
        while bench.world.step() {}
        try await answer()
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
