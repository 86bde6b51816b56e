import PostgresWire
import Testing

@Suite("Nothing passes before its record")
struct MediationRecordTests {
    @Test("What executes is decided, then recorded, then forwarded", arguments: [FrontendKind.query, .bind])
    func order(kind: FrontendKind) {
        var machine = MediationMachine()
        #expect(machine.clientFrameReceived(kind) == .decide)
        #expect(machine.decided(isAllowed: true) == .record)
        #expect(machine.recorded(durableIndex: nil) == .forward)
        #expect(machine.lastCommand == 1)
    }

    @Test("A Parse and an Execute are decided, and recorded when refused", arguments: [FrontendKind.parse, .execute])
    func parse(kind: FrontendKind) {
        var machine = MediationMachine()
        #expect(machine.clientFrameReceived(kind) == .decide)
        var other = machine
        #expect(machine.decided(isAllowed: true) == .forward)
        #expect(other.decided(isAllowed: false) == .record)
        #expect(other.recorded(durableIndex: nil) == .poison(sync: false))
    }

    @Test("A record that fails refuses what policy allowed", arguments: [FrontendKind.query, .bind])
    func failed(kind: FrontendKind) {
        var machine = MediationMachine()
        _ = machine.clientFrameReceived(kind)
        _ = machine.decided(isAllowed: true)
        #expect(machine.recordFailed() == .poison(sync: kind == .query))
    }

    @Test(
        "A message that comes before the one before it is recorded ends the session",
        arguments: FrontendKind.allCases
    )
    func tooEarly(kind: FrontendKind) {
        var deciding = MediationMachine()
        _ = deciding.clientFrameReceived(.query)
        var recording = deciding
        _ = recording.decided(isAllowed: true)
        for var machine in [deciding, recording] {
            let close = MediationMachine.ClientAction.close(FrameError(code: .unexpected, type: kind.rawValue))
            #expect(machine.clientFrameReceived(kind) == close)
        }
    }

    @Test("Answers that nobody asked for forward nothing")
    func unasked() {
        var machine = MediationMachine()
        for action in [machine.decided(isAllowed: true), machine.recorded(durableIndex: nil), machine.recordFailed()] {
            guard case .close = action else {
                Issue.record("\(action)")
                continue
            }
        }
        var deciding = MediationMachine()
        _ = deciding.clientFrameReceived(.query)
        guard case .close = deciding.recorded(durableIndex: nil) else {
            Issue.record("recorded before it was decided")
            return
        }
    }

    @Test("Behind a record that must be on disk everything is parked, until every one before it is there")
    func parks() {
        var session = Mediation(durableIndex: 7)
        #expect(session.send("B") == [.park(until: 7)])
        session.durableIndex = nil
        #expect(session.send("ES") == [.park(until: 7), .park(until: 7)])
        session.durableIndex = 9
        #expect(session.send("Q") == [.park(until: 9)])
        #expect(session.machine.isParking)
        #expect(session.durable(upTo: 8) == false)
        #expect(session.machine.isParking)
        #expect(session.durable(upTo: 9) == true)
        #expect(session.durable(upTo: 9) == false)
        #expect(session.send("H") == [.forward])
    }

    @Test("A record with a lower number does not let what waits for a higher one go")
    func neverBackwards() {
        var session = Mediation(durableIndex: 9)
        #expect(session.send("Q") == [.park(until: 9)])
        session.durableIndex = 4
        #expect(session.send("Q") == [.park(until: 9)])
        #expect(session.durable(upTo: 4) == false)
    }

    @Test("A password, and anything after the end, is out of place")
    func outOfPlace() {
        var session = Mediation()
        #expect(session.send("p") == [.close(FrameError(code: .unexpected, type: 0x70))])
        var ended = Mediation()
        #expect(ended.send("X") == [.terminate])
        #expect(ended.send("Q") == [.close(FrameError(code: .unexpected, type: 0x51))])
    }
}
