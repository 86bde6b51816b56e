import AccessModel
import GatewayKit
import NIOCore
import PostgresWire
import StatementAnalysis
import Synchronization
import Testing

@testable import PostgresGateway

/// The first Bind of a statement goes the long way, and later ones the short one, which must not show.
@Suite("A session: a statement whose answer stands")
struct SessionStandingTests {
    private let text = "SELECT name FROM t WHERE id = $1"

    private func prepare(_ stage: Stage, _ text: String) {
        stage.client(.parse("a", text), .sync)
        stage.target(.parsed, .ready())
    }

    private func run(_ stage: Stage, _ value: String) -> String {
        let sent = stage.client(.bind("a", value), .execute(), .sync)
        return sent + " / " + stage.target(.bound, .row("x"), .complete("SELECT 1"), .ready())
    }

    @Test("The second run is recorded, sent and answered as the first")
    func alike() throws {
        let stage = Stage()
        prepare(stage, text)
        let first = run(stage, "7")
        #expect(first == "B(a|7) E S / 2 D(x) C(SELECT 1) Z(I)")
        for _ in 0..<3 { #expect(run(stage, "7") == first) }
        #expect(Set(stage.ledger.commands) == [try #require(stage.ledger.commands.first)])
        #expect(stage.ledger.commands.count == 4)
        #expect(stage.ledger.outcomes.count == 4)
        #expect(stage.ledger.commands[3].contains("\"parameters\":[\"7\"]"))
        #expect(stage.session.counts.commands.load(ordering: .relaxed) == 4)
    }

    @Test("It waits for its record as any other does")
    func parked() {
        let stage = Stage(readsOnDisk: true)
        stage.client(.parse("a", text), .sync)
        stage.target(.parsed, .ready())
        for value in ["1", "2"] {
            #expect(stage.client(.bind("a", value), .execute(), .sync).isEmpty)
            stage.ledger.sync()
            #expect(stage.takeSent() == "B(a|\(value)) E S")
            stage.target(.bound, .row("x"), .complete("SELECT 1"), .ready())
        }
    }

    @Test("Without its record it is refused")
    func unrecorded() {
        let stage = Stage()
        prepare(stage, text)
        _ = run(stage, "1")
        stage.ledger.fail()
        #expect(stage.client(.bind("a", "canary"), .execute(), .sync) == "E(refused by countersign) S")
        #expect(stage.target(.error("34000"), .ready()).contains("C58030"))
        stage.ledger.fail(false)
        #expect(run(stage, "2").hasPrefix("B(a|2) E S"))
    }

    @Test("A change whose ledger has lost its witnesses is refused, and goes when they are back")
    func unwitnessed() {
        let stage = Stage()
        prepare(stage, "UPDATE t SET name = $1")
        #expect(run(stage, "1").hasPrefix("B(a|1) E S"))
        stage.ledger.loseWitnesses()
        #expect(stage.client(.bind("a", "2"), .execute(), .sync) == "E(refused by countersign) S")
        #expect(stage.target(.error("34000"), .ready()).contains("witnesses"))
        stage.ledger.loseWitnesses(false)
        #expect(run(stage, "3").hasPrefix("B(a|3) E S"))
    }

    @Test("Bytes that are no Bind end the session on either way")
    func malformed() {
        for runs in 0...1 {
            let stage = Stage()
            prepare(stage, text)
            for _ in 0..<runs { _ = run(stage, "1") }
            #expect(stage.client(Message(type: "B", body: Array("\0a\0\0".utf8))).isEmpty)
            #expect(stage.ended == .clientViolation(FrameError(code: .malformed, type: 0x42)))
        }
    }

    /// A policy that a test replaces while sessions run.
    private final class Policy: Sendable {
        struct State {
            var epoch: UInt64 = 1
            var outcome = DecisionOutcome.allow
            var validUntil = Timestamp(microseconds: .max)
            var now = Timestamp(microseconds: 0)
            var asked = 0
        }
        let state = Mutex(State())

        func ports(_ ledger: TestLedger) -> GatewayPorts {
            var ports = GatewayPorts.denyAll
            ports.now = { self.state.withLock { $0.now } }
            ports.policyEpoch = { self.state.withLock { $0.epoch } }
            ports.masks = { _, _, _, _ in [:] }
            ports.decide = { _, _, _, _ in
                self.state.withLock { state in
                    state.asked += 1
                    let decision = Decision(outcome: state.outcome, role: "reader", policy: "p", reason: "no more")
                    return PolicyAnswer(decision: decision, validUntil: state.validUntil)
                }
            }
            ports.record = { ledger.append($0) }
            ports.sequence = { ledger.append($0) }
            ports.writeRecords = { ledger.write() }
            ports.recordOutcome = { ledger.append($0) }
            ports.whenDurable = { ledger.whenDurable($0, $1) }
            ports.changeRefusal = { nil }
            return ports
        }
    }

    @Test("An answer is not used when the policy was replaced, for a Bind or for an Execute behind it")
    func replaced() {
        let policy = Policy()
        let stage = Stage(ports: policy.ports(TestLedger()))
        prepare(stage, text)
        for _ in 0..<2 { #expect(run(stage, "1").hasPrefix("B(a|1) E S")) }
        let asked = policy.state.withLock { $0.asked }
        #expect(run(stage, "1").hasPrefix("B(a|1) E S"))
        #expect(policy.state.withLock { $0.asked } == asked)
        #expect(stage.client(.bind("a", "2")) == "B(a|2)")
        policy.state.withLock { ($0.epoch, $0.outcome) = (2, .deny) }
        #expect(stage.client(.execute(), .sync).hasPrefix("E(refused by countersign: record "))
        #expect(stage.target(.bound, .error("34000"), .ready()).contains("C42501"))
        #expect(stage.client(.bind("a", "3"), .execute(), .sync).hasPrefix("E(refused by countersign: record "))
    }

    @Test("An answer is not used beyond its time")
    func expired() {
        let policy = Policy()
        policy.state.withLock { $0.validUntil = Timestamp(microseconds: 10) }
        let stage = Stage(ports: policy.ports(TestLedger()))
        prepare(stage, text)
        for _ in 0..<2 { #expect(run(stage, "1").hasPrefix("B(a|1) E S")) }
        policy.state.withLock { ($0.now, $0.outcome) = (Timestamp(microseconds: 10), .deny) }
        #expect(stage.client(.bind("a", "2"), .execute(), .sync).hasPrefix("E(refused by countersign: record "))
    }
}
