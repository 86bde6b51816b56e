import PostgresWire
import Testing

@Suite("Each reply belongs to a message")
struct MediationReplyTests {
    @Test("A simple query of two statements is over at ReadyForQuery")
    func simple() {
        var session = Mediation()
        #expect(session.send("Q") == [.forward])
        #expect(
            session.answer("TDDCTDCZ") == [
                .forward, .forward, .forward, .forwardCompletion(command: 1, isOver: false), .forward, .forward,
                .forwardCompletion(command: 1, isOver: false), .forwardReady(.idle, through: 1),
            ]
        )
        #expect(session.machine.isIdle)
    }

    @Test("Parse, Bind, Describe, Execute, Sync, with a portal that is suspended and goes on")
    func extended() {
        var session = Mediation()
        #expect(session.send("PDBDE").allSatisfy { $0 == .forward })
        #expect(
            session.answer("1tT2nDs") == [
                .forwardConfirmation(.parse), .forward, .forward, .forwardConfirmation(.bind), .forward, .forward,
                .forwardCompletion(command: 1, isOver: false),
            ]
        )
        #expect(session.send("ECS").allSatisfy { $0 == .forward })
        #expect(
            session.answer("DC3Z") == [
                .forward, .forwardCompletion(command: 1, isOver: true), .forwardConfirmation(.close),
                .forwardReady(.idle, through: 1),
            ]
        )
        #expect(session.machine.isIdle)
    }

    @Test("An error discards the rest of its batch, and tells which commands never ran")
    func discards() {
        var session = Mediation()
        _ = session.send("PBEBEBES")
        _ = session.send("BES")
        #expect(session.answer("12C2E").last == .forwardError(command: 2))
        #expect(Set(session.takeSkipped()) == [3])
        #expect(session.takeSkipped().isEmpty)
        #expect(session.machine.answeringBatch == 0)
        #expect(session.answer("Z") == [.forwardReady(.idle, through: 3)])
        #expect(session.machine.answeringBatch == 1)
        #expect(session.answer("2CZ").last == .forwardReady(.idle, through: 4))
        #expect(session.machine.isIdle)
    }

    @Test("After an error without a Sync the client's messages are passed over up to its Sync")
    func withoutSync() {
        var session = Mediation()
        _ = session.send("PB")
        #expect(session.answer("E") == [.forwardError(command: 0)])
        #expect(session.takeSkipped() == [1])
        #expect(session.send("PBEDHQCdcfF").allSatisfy { $0 == .swallow })
        #expect(session.send("SQ") == [.forward, .forward])
        #expect(session.answer("Z") == [.forwardReady(.idle, through: 1)])
        #expect(session.answer("CZ").last == .forwardReady(.idle, through: 2))
    }

    @Test("An error that comes while a message is being decided makes that message pass over, not go out")
    func whileDeciding() {
        var session = Mediation()
        _ = session.send("P")
        #expect(session.receive(.parse) == .decide)
        #expect(session.answer("E") == [.forwardError(command: 0)])
        #expect(session.decided(isAllowed: true) == .swallow)
        #expect(session.send("S") == [.forward])
        #expect(session.answer("Z") == [.forwardReady(.idle, through: 0)])
    }

    @Test("An error at the Sync undoes the batch: its commands are told")
    func atCommit() {
        var session = Mediation()
        _ = session.send("PBES")
        #expect(
            session.answer("12CEZ").suffix(2) == [.forwardBatchError(through: 1), .forwardReady(.idle, through: 1)]
        )
    }

    @Test("An error of a simple query leaves the query to its ReadyForQuery")
    func simpleError() {
        var session = Mediation()
        _ = session.send("QQ")
        #expect(
            session.answer("CEZTDCZ") == [
                .forwardCompletion(command: 1, isOver: false), .forwardError(command: 1),
                .forwardReady(.idle, through: 1), .forward, .forward, .forwardCompletion(command: 2, isOver: false),
                .forwardReady(.idle, through: 2),
            ]
        )
    }

    @Test("Notices, notifications and settings may come at any time")
    func asynchronous() {
        var session = Mediation()
        #expect(session.answer("NAS").allSatisfy { $0 == .forward })
        _ = session.send("PBS")
        #expect(session.answer("N1A2SZ").last == .forwardReady(.idle, through: 1))
    }

    @Test(
        "A reply that does not fit what was sent ends the session",
        arguments: [
            ("", "Z"), ("", "D"), ("", "C"), ("", "1"), ("Q", "1"), ("Q", "2"), ("Q", "s"), ("P", "2"), ("P", "C"),
            ("P", "Z"), ("B", "T"), ("BS", "Z"), ("E", "T"), ("E", "Z"), ("D", "C"), ("S", "C"), ("S", "T"),
            ("Q", "R"), ("Q", "K"), ("Q", "W"), ("Q", "V"), ("Q", "v"), ("Q", "t"), ("", "G"), ("D", "G"), ("D", "H"),
        ]
    )
    func mismatched(sent: String, answer: String) {
        var session = Mediation()
        _ = session.send(sent)
        guard case .close(let error)? = session.answer(answer).last else {
            Issue.record("\(answer) was taken after \(sent)")
            return
        }
        #expect(error.code == .unexpected)
        guard case .close = session.receive(.query) else {
            Issue.record("the session went on")
            return
        }
    }

    @Test("The client is not read while too many replies are outstanding")
    func saturated() {
        var session = Mediation()
        for _ in 0..<MediationMachine.outstandingLimit { _ = session.send(.describe) }
        #expect(session.machine.isSaturated)
        #expect(session.send("D") == [.wait])
        #expect(session.send("Q") == [.wait])
        #expect(session.answer("n") == [.forward])
        #expect(session.send("D") == [.forward])
        #expect(session.send("X") == [.terminate])
    }
}
