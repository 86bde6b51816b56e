import AccessModel
import Testing

@testable import Approvals

@Suite("A change set that was approved once")
struct ChangeSetTests {
    private let bench = Bench()

    @Test("lets each of its statements run once, without waiting, and nothing else")
    func once() async throws {
        let set = try await bench.approved()
        let (ticket, answer) = try await bench.send(Sample.command(text: "DELETE 1"))
        let use = ApprovalReference(id: set.id, digest: set.digest, approvers: ["ana"], statements: [1])
        #expect(answer == .approved(use))
        #expect(ticket.isPreapproved && ticket.id != set.id)
        #expect(try await bench.send(Sample.command(text: "DELETE 1")).1 == nil)
        #expect(try await bench.send(Sample.command(text: "DELETE 3")).1 == nil)
        #expect(try await bench.send(Sample.command(text: "DELETE 2")).1 != nil)
        #expect(bench.desk.standing.first?.isOpen(at: Sample.now) == false)
    }

    @Test("lets nothing run before everybody has said yes, nor after it was taken back")
    func answers() async throws {
        let hold = try await bench.desk.request(Sample.set(), terms: [Sample.terms(quorum: 2)])
        let terms = [Sample.terms(quorum: 2)]
        for name in ["ana", "cleo"] {
            #expect(try await bench.send(Sample.command(text: "DELETE 1"), terms: terms).1 == nil)
            try await bench.desk.answer(
                hold.id,
                by: Sample.person(name, ["dba"]),
                .approve,
                reason: nil,
                digest: hold.digest
            )
        }
        #expect(try await bench.send(Sample.command(text: "DELETE 1"), terms: terms).1 != nil)
        await #expect(throws: ApprovalRefusal.notApprover) {
            try await bench.desk.answer(
                hold.id,
                by: Sample.person("bo", ["platform"]),
                .deny,
                reason: nil,
                digest: hold.digest
            )
        }
        let denied = try await bench.desk.answer(
            hold.id,
            by: Sample.person("ana", ["dba"]),
            .deny,
            reason: "stop",
            digest: hold.digest
        )
        #expect(denied.state == .denied(by: "ana", reason: "stop"))
        #expect(try await bench.send(Sample.command(text: "DELETE 2"), terms: terms).1 == nil)
        await bench.world.settled()
        #expect(bench.kept.isEmpty)
    }

    @Test("is not approved by whoever asked for it")
    func ownRequest() async throws {
        let hold = try await bench.desk.request(Sample.set(requesters: ["ana"]), terms: [Sample.terms()])
        await #expect(throws: ApprovalRefusal.ownRequest) {
            try await bench.desk.answer(
                hold.id,
                by: Sample.person("Ana", ["dba"]),
                .approve,
                reason: nil,
                digest: hold.digest
            )
        }
    }

    @Test("takes its statements in their order where that was asked for")
    func order() async throws {
        _ = try await bench.approved(Sample.set(isOrdered: true))
        #expect(try await bench.send(Sample.command(text: "DELETE 2")).1 == nil)
        #expect(try await bench.send(Sample.command(text: "DELETE 1")).1 != nil)
        #expect(try await bench.send(Sample.command(text: "DELETE 2")).1 != nil)
    }

    @Test("takes a text of several statements whole, or not at all")
    func texts() async throws {
        _ = try await bench.approved()
        #expect(try await bench.send(Sample.command(text: "DELETE 1;DELETE 3")).1 == nil)
        let answer = try await bench.send(Sample.command(text: "SELECT 1;DELETE 1;DELETE 2")).1
        guard case .approved(let use) = answer else { throw Unexpected(answer: answer) }
        #expect(use.statements == [1, 3])
    }

    @Test(
        "serves no other role, target, database, commit, terms, effect or parameters",
        arguments: ["role", "target", "database", "commit", "terms", "effect", "parameters", "approver"]
    )
    func others(what: String) async throws {
        _ = try await bench.approved(Sample.set(commit: "abc"))
        var command = Sample.command(text: "DELETE 1", commit: "abc")
        var terms = [Sample.terms()]
        switch what {
        case "role": command.role = "daily"
        case "target": command.target = "other-db"
        case "database": command.database = "restored"
        case "commit": command.commit = nil
        case "terms": terms = [Sample.terms(quorum: 2)]
        case "effect":
            command.effects = [Effect(action: .delete, object: ObjectName(schema: "archive", name: "orders"))]
        case "parameters": command.parameters = Array("[\"7\"]".utf8)
        default: command.requesters = ["ANA"]
        }
        #expect(try await bench.send(command, terms: terms).1 == nil)
        #expect(try await bench.send(Sample.command(text: "DELETE 1", commit: "abc")).1 != nil)
    }

    @Test("lets a statement read what it is shown to change, and nothing that is not shown")
    func reads() async throws {
        _ = try await bench.approved()
        var command = Sample.command(text: "DELETE 1")
        command.effects.append(Effect(action: .select, object: ObjectName(schema: "public", name: "secrets")))
        #expect(try await bench.send(command).1 == nil)
        command.effects[1].object.name = "orders"
        #expect(try await bench.send(command).1 != nil)
    }

    @Test("is known after a restart, with what was used of it")
    func restart() async throws {
        let set = try await bench.approved()
        try await bench.send(Sample.command(text: "DELETE 1"))
        let waiting = try await bench.desk.request(Sample.set(), terms: [Sample.terms(quorum: 2)])
        let again = await bench.restarted()
        #expect(again.desk.waiting.map(\.id) == [waiting.id])
        #expect(again.desk.find(waiting.id)?.digest == waiting.digest)
        #expect(try await again.send(Sample.command(text: "DELETE 1")).1 == nil)
        guard case .approved(let use) = try await again.send(Sample.command(text: "DELETE 2")).1 else {
            throw Unexpected(answer: nil)
        }
        #expect(use.id == set.id && use.digest == set.digest && use.approvers == ["ana"])
    }

    @Test("ends with its time, and its end is recorded, also where that came while the gateway was down")
    func end() async throws {
        _ = try await bench.approved()
        bench.advance(.seconds(3599))
        await bench.tick()
        #expect(bench.desk.standing.count == 1)
        bench.advance(.seconds(1))
        let again = await bench.restarted()
        #expect(again.desk.standing.isEmpty && bench.kept.isEmpty)
        #expect(bench.kinds == [.approvalRequested, .approvalDecided, .approvalDecided])
        #expect(try await again.send(Sample.command(text: "DELETE 1")).1 == nil)
    }

    @Test("has others asked once where that falls due after a restart")
    func escalation() async throws {
        var terms = Sample.terms()
        terms.escalation = .init(after: .seconds(60), to: [.group("leads")])
        let hold = try await bench.desk.request(Sample.set(), terms: [terms])
        bench.advance(.seconds(60))
        let again = await bench.restarted()
        #expect(again.kinds == [.approvalRequested, .approvalEscalated])
        #expect(again.kept.map(\.isEscalated) == [true])
        let third = await again.restarted()
        #expect(third.kinds.count == 2)
        let lee = Sample.person("lee", ["leads"])
        let answered = try await third.desk.answer(hold.id, by: lee, .approve, reason: nil, digest: hold.digest)
        #expect(answered.state == .approved)
    }

    @Test("gets back what a command took that did not run")
    func givenBack() async throws {
        _ = try await bench.approved()
        let ticket = try await bench.send(Sample.command(text: "DELETE 1")).0
        bench.desk.withdraw(ticket.id, .changed)
        #expect(try await bench.send(Sample.command(text: "DELETE 1")).1 != nil)
    }

    @Test("runs nothing whose use cannot be kept")
    func unkept() async throws {
        _ = try await bench.approved()
        bench.world.keep(false)
        #expect(
            try await bench.send(Sample.command(text: "DELETE 1")).1
                == .refused(reason: "the use of its change set could not be kept")
        )
    }

    @Test("is used once by many sessions that send the same at once")
    func race() async throws {
        _ = try await bench.approved()
        let bench = bench
        let tickets = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask { (try? await bench.send(Sample.command(text: "DELETE 1")).0.isPreapproved) ?? false }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(tickets == 1)
    }

    private struct Unexpected: Error {
        var answer: HoldAnswer?
    }
}
