import AccessModel
import GatewayKit
import Testing

@Suite("Ports that nobody has filled")
struct GatewayPortsTests {
    private let ports = GatewayPorts.denyAll

    @Test("They let nobody in")
    func admit() async {
        let request = AdmissionRequest(
            user: "reader",
            database: "orders",
            token: [1],
            source: SourceEndpoint(address: "192.0.2.1", port: 1),
            client: nil,
            reason: nil
        )
        guard case .failure(let refusal) = await ports.admit(request) else {
            Issue.record("somebody was let in")
            return
        }
        #expect(refusal.sqlState == "28000")
    }

    @Test("They allow nothing, with effects or without", arguments: [[], ["reader"]])
    func decide(roles: [String]) {
        let effect = Effect(action: .select, object: ObjectName(schema: "public", name: "t"))
        for effects in [[], [effect]] {
            #expect(ports.decide(roles, "orders", effects, Timestamp(seconds: 0)).decision.outcome == .deny)
        }
    }

    @Test("They record nothing, and say so")
    func record() async {
        let draft = RecordDraft(kind: .command, session: nil, body: [])
        for result in [ports.record(draft), ports.recordOutcome(draft)] {
            guard case .failure = result else {
                Issue.record("a record was taken")
                continue
            }
        }
        #expect(ports.changeRefusal() != nil)
        guard case .failure = ports.storeBlob([1]) else {
            Issue.record("a blob was taken")
            return
        }
        let isDurable = await withCheckedContinuation { continuation in
            ports.whenDurable(1) { result in
                if case .success = result {
                    continuation.resume(returning: true)
                } else {
                    continuation.resume(returning: false)
                }
            }
        }
        #expect(!isDurable)
    }
}
