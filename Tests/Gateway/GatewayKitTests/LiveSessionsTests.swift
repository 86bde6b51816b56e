import AccessModel
import GatewayKit
import Synchronization
import Testing

@Suite("The sessions that are up")
struct LiveSessionsTests {
    private func session(_ number: UInt64, kill: @escaping @Sendable (String) -> Void = { _ in }) -> LiveSession {
        LiveSession(
            id: ULID(high: 0, low: number),
            principal: Principal(kind: .workload, issuer: "i", subject: "s"),
            roles: ["reader"],
            target: "orders",
            database: "shop",
            source: SourceEndpoint(address: "192.0.2.1", port: 1),
            client: nil,
            opened: Timestamp(seconds: 0),
            counts: SessionCounts(),
            kill: kill
        )
    }

    @Test("They are listed by their ids, and gone when they are removed")
    func list() {
        let live = LiveSessions()
        for number in [3, 1, 2] as [UInt64] { live.insert(session(number)) }
        #expect(live.count == 3)
        #expect(live.list().map(\.id.low) == [1, 2, 3])
        live.remove(ULID(high: 0, low: 2))
        #expect(live.list().map(\.id.low) == [1, 3])
    }

    @Test("One is ended with a reason, and may remove itself while it ends")
    func kill() {
        let live = LiveSessions()
        let reasons = Mutex<[String]>([])
        live.insert(
            session(1) { reason in
                reasons.withLock { $0.append(reason) }
                live.remove(ULID(high: 0, low: 1))
            }
        )
        #expect(live.kill(ULID(high: 0, low: 1), reason: "why"))
        #expect(!live.kill(ULID(high: 0, low: 1), reason: "again"))
        #expect(reasons.withLock { $0 } == ["why"])
        #expect(live.count == 0)
    }
}
