import PostgresWire
import Testing

@Suite("The gateway's own questions, and barriers")
struct MediationProbeTests {
    @Test("The answer to a probe is for the gateway alone, and the client waits for it")
    func probe() {
        var session = Mediation()
        #expect(session.probe() == true)
        #expect(session.send("Q") == [.wait])
        #expect(session.probe() == false)
        #expect(
            session.answer("TNDCZ") == [.takeProbe, .forward, .takeProbe, .takeProbe, .probeAnswered(.idle)]
        )
        #expect(session.send("Q") == [.forward])
    }

    @Test("A probe that fails is over all the same")
    func fails() {
        var session = Mediation()
        #expect(session.probe() == true)
        #expect(session.answer("EZ") == [.takeProbe, .probeAnswered(.idle)])
        #expect(session.machine.isIdle)
    }

    @Test("No probe goes out while something is outstanding, parked, skipped or failed")
    func notNow() {
        var outstanding = Mediation()
        _ = outstanding.send("P")
        #expect(outstanding.probe() == false)
        var skipping = outstanding
        _ = skipping.answer("E")
        #expect(skipping.probe() == false)
        var failed = Mediation()
        _ = failed.send("S")
        _ = failed.machine.readyReceived(.failed)
        #expect(failed.probe() == false)
    }

    @Test("About a message that is being decided the target may be asked")
    func deciding() {
        var session = Mediation()
        _ = session.receive(.query)
        let isSent = session.probe()
        #expect(isSent)
    }

    @Test("An answer that is none to a probe ends the session", arguments: ["1", "2", "G", "H", "d", "s", "R", "I"])
    func mismatch(type: String) {
        var session = Mediation()
        _ = session.probe()
        guard case .close? = session.answer(type).last else {
            Issue.record("\(type) was taken")
            return
        }
    }

    @Test("Behind a barrier nothing goes until it is answered")
    func barrier() {
        var session = Mediation()
        _ = session.send("Q")
        session.machine.barrierRaised()
        #expect(session.send("QPS") == [.wait, .wait, .wait])
        _ = session.answer("C")
        #expect(session.machine.isBlocked)
        _ = session.answer("Z")
        #expect(!session.machine.isBlocked)
        #expect(session.send("QQ") == [.forward, .forward])
    }

    @Test("A client may leave at any time")
    func leaves() {
        var session = Mediation()
        _ = session.probe()
        #expect(session.send("X") == [.terminate])
    }
}
