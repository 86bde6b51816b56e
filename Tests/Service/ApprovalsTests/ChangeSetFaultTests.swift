import AccessModel
import Testing

@testable import Approvals

@Suite("Where a change set cannot be kept, or its end not be recorded")
struct ChangeSetFaultTests {
    private let bench = Bench()

    private func ends() -> Int { bench.kinds.count { $0 == .approvalDecided } - 1 }

    @Test("a no ends it at once, is told when it is kept, and tried again until then")
    func revoked() async throws {
        let set = try await bench.approved()
        bench.world.keep(false)
        await #expect(throws: ApprovalRefusal.endNotKept) { try await bench.answer(set, "cleo", .deny) }
        #expect(try await bench.send(Sample.command(text: "DELETE 1")).1 == nil)
        await #expect(throws: ApprovalRefusal.over("denied")) { try await bench.answer(set, "ana", .approve) }
        #expect(ends() == 0 && bench.desk.standing.isEmpty)
        #expect(bench.desk.recent.map(\.id) == [set.id])
        bench.advance(.seconds(5))
        await bench.tick()
        #expect(ends() == 0)
        bench.world.keep(true)
        await bench.tick()
        #expect(ends() == 0, "it waits before it tries again")
        bench.advance(.seconds(5))
        await bench.tick()
        #expect(ends() == 1 && bench.kept.isEmpty)
        #expect(bench.desk.recent.map(\.state) == [.denied(by: "cleo", reason: nil)])
    }

    @Test("a no that the ledger does not take ends it for good all the same, and is told later, once")
    func unrecorded() async throws {
        let set = try await bench.approved()
        bench.world.takeRecords(false)
        await #expect(throws: ApprovalRefusal.endNotRecorded) { try await bench.answer(set, "cleo", .deny) }
        #expect(bench.kept.map(\.end?.state) == [.denied(by: "cleo", reason: nil)])
        let again = await bench.restarted()
        #expect(try again.desk.find(set.id)?.state == .denied(by: "cleo", reason: nil))
        again.world.takeRecords(true)
        #expect(try await again.send(Sample.command(text: "DELETE 1")).1 == nil)
        again.advance(.seconds(5))
        await again.tick()
        let last = try #require(again.world.records.last)
        let text = String(decoding: last.body, as: UTF8.self)
        #expect(last.kind == .approvalDecided && text.contains("\"recovered\":true"), "\(text)")
        #expect(text.contains("\"answer\":\"deny\"") && again.kept.isEmpty)
        await again.tick()
        #expect(again.kinds.count == 4)
    }

    @Test("a yes that is not kept is said to be so, and nothing runs by it until it is")
    func yes() async throws {
        let set = try await bench.desk.request(Sample.set(), terms: [Sample.terms()])
        bench.world.keep(false)
        await #expect(throws: ApprovalRefusal.yesNotKept) { try await bench.answer(set, "ana", .approve) }
        let refused = HoldAnswer.refused(reason: "the use of its change set could not be kept")
        let (ticket, answer) = try await bench.send(Sample.command(text: "DELETE 1"))
        #expect(answer == refused)
        bench.desk.withdraw(ticket.id, .changed)
        bench.world.keep(true)
        bench.advance(.seconds(5))
        await bench.tick()
        #expect(bench.kept.map(\.isApproved) == [true])
        #expect(try await bench.send(Sample.command(text: "DELETE 1")).1 != refused)
    }

    @Test("a yes is not kept with one before it while its own record is not on disk")
    func together() async throws {
        let set = try await bench.desk.request(Sample.set(), terms: [Sample.terms(quorum: 2)])
        await bench.world.settled()
        bench.world.runByItself(false)
        let first = Task { try await bench.answer(set, "ana", .approve) }
        await bench.world.asked(1)
        let second = Task { try await bench.answer(set, "cleo", .approve) }
        await bench.world.asked(2)
        bench.world.step()
        repeat {
            let isApproved = bench.kept.contains(where: \.isApproved)
            #expect(!isApproved || bench.world.durable == UInt64(bench.world.records.count))
        } while bench.world.stepLast()
        _ = try await (first.value, second.value)
        #expect(bench.kept.map(\.isApproved) == [true])
    }

    @Test("a request is refused, and withdrawn")
    func request() async throws {
        bench.world.keep(false)
        await #expect(throws: ApprovalRefusal.notKept) {
            try await bench.desk.request(Sample.set(), terms: [Sample.terms()])
        }
        #expect(bench.desk.waiting.isEmpty)
        bench.world.keep(true)
        await bench.tick()
        #expect(bench.kinds == [.approvalRequested, .approvalDecided] && bench.kept.isEmpty)
    }

    @Test("a no while a use is being kept comes first, and giving the use back does not undo it")
    func between() async throws {
        let set = try await bench.approved()
        await bench.world.settled()
        bench.world.runByItself(false)
        let ticket = try bench.desk.hold(Sample.command(text: "DELETE 1"), terms: [Sample.terms()]) { answer in
            #expect(answer == .refused(reason: "its change set was ended meanwhile"))
        }
        let denied = Task { try await bench.answer(set, "cleo", .deny) }
        await bench.world.asked(2)
        bench.desk.withdraw(ticket.id, .changed)
        while bench.world.step() {}
        let hold = try await denied.value
        #expect(hold.state == .denied(by: "cleo", reason: nil))
        let again = await bench.restarted()
        #expect(again.desk.find(set.id) == nil && again.kept.isEmpty, "giving back does not bring it back")
        let other = Bench()
        let second = try await other.approved()
        let used = try await other.send(Sample.command(text: "DELETE 1")).0
        try await other.answer(second, "cleo", .deny)
        other.desk.withdraw(used.id, .changed)
        await other.world.settled()
        #expect(other.kept.isEmpty)
    }

    @Test("one that says it is approved, by fewer than it takes or against a no, does not serve")
    func unsound() async throws {
        let set = try await bench.desk.request(Sample.set(), terms: [Sample.terms(quorum: 2)])
        try await bench.answer(set, "ana", .approve)
        var snapshot = try #require(bench.kept.first)
        snapshot.isApproved = true
        #expect(Hold(snapshot).state == .waiting)
        snapshot.votes.append(
            Vote(person: Sample.person("cleo", ["dba"]), verdict: .deny, reason: "no", at: Sample.now)
        )
        #expect(Hold(snapshot).state == .denied(by: "cleo", reason: "no"))
    }
}
