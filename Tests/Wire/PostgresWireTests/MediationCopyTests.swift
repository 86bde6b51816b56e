import PostgresWire
import Testing

@Suite("COPY")
struct MediationCopyTests {
    @Test("COPY out: the data passes, and is over with its command")
    func out() {
        var session = Mediation()
        _ = session.send("Q")
        #expect(
            session.answer("HddcCZ") == [
                .forward, .forward, .forward, .forward, .forwardCompletion(command: 1, isOver: false),
                .forwardReady(.idle, through: 1),
            ]
        )
    }

    @Test("COPY in: data goes on without a decision, and its end is marked")
    func inSimple() {
        var session = Mediation()
        _ = session.send("Q")
        #expect(session.answer("G") == [.forward])
        #expect(session.send("ddc") == [.forward, .forward, .forward])
        #expect(
            session.answer("CZ") == [.forwardCompletion(command: 1, isOver: false), .forwardReady(.idle, through: 1)]
        )
        #expect(session.machine.isIdle)
    }

    @Test("COPY in that the client sent at once: the Sync before the data is passed over, and one Z comes")
    func pipelined() {
        var session = Mediation()
        #expect(session.send("PBESdcS").allSatisfy { $0 == .forward })
        #expect(session.answer("12G").last == .forward)
        #expect(session.machine.answeringBatch == 1)
        #expect(session.answer("C") == [.forwardCompletion(command: 1, isOver: true)])
        #expect(session.answer("Z") == [.forwardReady(.idle, through: 1)])
        #expect(session.machine.isIdle)
        #expect(session.machine.answeringBatch == session.machine.sendingBatch)
    }

    @Test("COPY in as drivers do it: Sync before the answer, the data after it, then another Sync")
    func twoSyncs() {
        var session = Mediation()
        _ = session.send("PBES")
        #expect(session.answer("12G").last == .forward)
        #expect(session.send("dcS") == [.forward, .forward, .forward])
        #expect(session.answer("CZ").last == .forwardReady(.idle, through: 1))
        #expect(session.machine.isIdle)
    }

    @Test("A Sync among the data is passed over, and made up for should the target fail")
    func syncAmongData() {
        var session = Mediation()
        _ = session.send("PBE")
        _ = session.answer("12G")
        #expect(session.send("dS") == [.forward, .swallow])
        #expect(session.answer("E") == [.forwardErrorThenSync(command: 1)])
        #expect(session.answer("Z") == [.forwardReady(.idle, through: 1)])
        #expect(session.send("Q") == [.forward])
    }

    @Test("When the target gives up the data, what is left of it changes no count")
    func givenUp() {
        var session = Mediation()
        _ = session.send("Q")
        _ = session.answer("G")
        _ = session.send("d")
        #expect(session.answer("E") == [.forwardError(command: 1)])
        #expect(session.send("dc") == [.forward, .forward])
        #expect(session.answer("Z") == [.forwardReady(.idle, through: 1)])
        #expect(session.machine.isIdle)
        #expect(session.send("Q") == [.forward])
        #expect(session.answer("CZ").last == .forwardReady(.idle, through: 2))
        #expect(session.send("dc") == [.forward, .forward])
        #expect(session.machine.isIdle)
    }

    @Test("A command among the data ends the session", arguments: ["Q", "P", "B", "E", "D", "C", "F", "p"])
    func command(type: String) {
        var session = Mediation()
        _ = session.send("Q")
        _ = session.answer("G")
        guard case .close? = session.send(type).last else {
            Issue.record("\(type) was taken")
            return
        }
    }

    @Test("A command that was sent before the target asked for the data ends the session", arguments: ["Q", "BE", "D"])
    func commandBefore(types: String) {
        var session = Mediation()
        _ = session.send("Q" + types)
        guard case .close? = session.answer("G").last else {
            Issue.record("\(types) would be answered by an error that nobody counts")
            return
        }
    }

    @Test("A command that was being decided when the target asked for the data ends the session")
    func whileDeciding() {
        var session = Mediation()
        _ = session.send("Q")
        #expect(session.receive(.query) == .decide)
        #expect(session.answer("G") == [.forward])
        guard case .close = session.decided(isAllowed: true) else {
            Issue.record("the command went out among the data")
            return
        }
    }
}
