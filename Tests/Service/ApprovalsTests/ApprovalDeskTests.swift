import AccessModel
import Synchronization
import Testing

@testable import Approvals

@Suite("The desk where commands wait")
struct ApprovalDeskTests {
    private let bench = Bench()

    @Test("tells the connection once, after the record")
    func approved() async throws {
        let ticket = try bench.hold()
        let digest = try #require(bench.desk.find(ticket.id)).digest
        try await bench.desk.answer(ticket.id, by: Sample.person("ana", ["dba"]), .approve, reason: nil, digest: digest)
        let approval = ApprovalReference(id: ticket.id, digest: digest, approvers: ["ana"])
        #expect(bench.answers == [.approved(approval)])
        #expect(bench.kinds == [.approvalRequested, .approvalDecided])
        bench.desk.withdraw(ticket.id, .disconnected)
        bench.advance(.seconds(3600))
        await bench.tick()
        #expect(bench.answers.count == 1)
        #expect(bench.kinds.count == 2)
    }

    @Test("lets one of many who answer at once be the one that counts")
    func race() async throws {
        let ticket = try bench.hold()
        let desk = bench.desk
        let digest = try #require(desk.find(ticket.id)).digest
        let taken = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<16 {
                group.addTask {
                    let verdict: Vote.Verdict = index.isMultiple(of: 2) ? .approve : .deny
                    let person = Sample.person("p\(index)", ["dba"])
                    return (try? await desk.answer(ticket.id, by: person, verdict, reason: nil, digest: digest)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
        #expect(bench.answers.count == 1)
    }

    @Test("takes no answer that the ledger does not take")
    func unrecorded() async throws {
        let ticket = try bench.hold()
        let digest = try #require(bench.desk.find(ticket.id)).digest
        bench.world.takeRecords(false)
        await #expect(throws: ApprovalRefusal.notRecorded) {
            try await bench.desk.answer(
                ticket.id,
                by: Sample.person("ana", ["dba"]),
                .approve,
                reason: nil,
                digest: digest
            )
        }
        #expect(bench.answers.isEmpty)
        #expect(bench.desk.find(ticket.id)?.isWaiting == true)
        #expect(bench.desk.find(ticket.id)?.votes.isEmpty == true)
        #expect(throws: ApprovalRefusal.notRecorded) { try bench.hold() }
    }

    @Test("ends what nobody answered in time, and what nobody waits for")
    func ends() async throws {
        let ticket = try bench.hold()
        bench.advance(.seconds(899))
        await bench.tick()
        #expect(bench.desk.waiting.map(\.id) == [ticket.id])
        bench.advance(.seconds(1))
        await bench.tick()
        #expect(bench.answers == [.refused(reason: "nobody approved it in time")])
        let other = try bench.hold()
        bench.desk.withdraw(other.id, .cancelled)
        #expect(bench.answers.count == 1)
        #expect(bench.desk.waiting.isEmpty)
        #expect(bench.desk.recent.map(\.state.name) == ["withdrawn", "expired"])
        await #expect(throws: ApprovalRefusal.over("withdrawn")) {
            try await bench.desk.answer(other.id, by: Sample.person("ana", ["dba"]), .approve, reason: nil, digest: "")
        }
    }

    @Test("refuses a command that nobody may approve")
    func nobody() {
        #expect(throws: ApprovalRefusal.notApprover) {
            try bench.desk.hold(Sample.command(), terms: []) { _ in }
        }
    }

    @Test("records once that others are asked as well, who then may answer")
    func escalation() async throws {
        var terms = Sample.terms()
        terms.escalation = .init(after: .seconds(60), to: [.group("leads")])
        let hold = try await bench.send(Sample.command(), terms: [terms]).0
        let digest = try #require(bench.desk.find(hold.id)).digest
        await bench.tick()
        #expect(bench.kinds == [.approvalRequested])
        await #expect(throws: ApprovalRefusal.notApprover) {
            try await bench.desk.answer(
                hold.id,
                by: Sample.person("lee", ["leads"]),
                .approve,
                reason: nil,
                digest: digest
            )
        }
        bench.advance(.seconds(60))
        await bench.tick()
        await bench.tick()
        #expect(bench.kinds == [.approvalRequested, .approvalEscalated])
        try await bench.desk.answer(hold.id, by: Sample.person("lee", ["leads"]), .approve, reason: nil, digest: digest)
        #expect(bench.answers.count == 1)
    }
}
