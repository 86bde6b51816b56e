import PostgresWire
import Testing

@Suite("A refused message is replaced by one that fails in its place")
struct MediationRefusalTests {
    @Test("A refused query is answered up to ReadyForQuery", arguments: ["Q", "F"])
    func simple(type: String) {
        var session = Mediation()
        #expect(session.send(type, isAllowed: false) == [.poison(sync: true)])
        #expect(session.answer("EZ") == [.answerRefusal, .forwardReady(.idle, through: 0)])
        #expect(session.send("Q") == [.forward])
        #expect(session.machine.lastCommand == 1)
    }

    @Test("A function call is never forwarded as such, whatever is allowed")
    func functionCall() {
        var machine = MediationMachine()
        #expect(machine.clientFrameReceived(.functionCall) == .decide)
        #expect(machine.decided(isAllowed: false) == .record)
        #expect(machine.recorded(durableIndex: nil) == .poison(sync: true))
    }

    @Test("In the middle of a pipeline the rest is passed over up to the client's Sync", arguments: ["P", "B", "E"])
    func pipeline(type: String) {
        var session = Mediation()
        _ = session.send("PBE")
        #expect(session.send(type, isAllowed: false) == [.poison(sync: false)])
        #expect(session.send("BEDCHQPd").allSatisfy { $0 == .swallow })
        #expect(session.send("S") == [.forward])
        _ = session.send("BES")
        #expect(session.answer("12CE").last == .answerRefusal)
        #expect(session.takeSkipped().isEmpty)
        #expect(session.answer("Z2CZ").last == .forwardReady(.idle, through: 2))
        #expect(session.machine.isIdle)
    }

    @Test("An error before the refused message is the one that the client sees")
    func errorBefore() {
        var session = Mediation()
        _ = session.send("PB")
        _ = session.send("E", isAllowed: false)
        _ = session.send("S")
        #expect(session.answer("1E") == [.forwardConfirmation(.parse), .forwardError(command: 1)])
        #expect(session.answer("Z") == [.forwardReady(.idle, through: 1)])
    }

    @Test("A poison parks behind a record that is not on disk")
    func parked() {
        var session = Mediation(durableIndex: 3)
        #expect(session.send("Q") == [.park(until: 3)])
        #expect(session.send("Q", isAllowed: false) == [.poison(sync: true)])
        #expect(session.machine.isParking)
        #expect(session.durable(upTo: 3) == true)
    }
}
