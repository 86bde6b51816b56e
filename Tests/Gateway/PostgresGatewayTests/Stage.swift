import AccessModel
import GatewayKit
import Logging
import Masking
import NIOCore
import NIOEmbedded
import PostgresWire
import StatementAnalysis

@testable import PostgresGateway

/// One session between a client and a target that the test plays, with a policy that denies every DELETE and the
/// schema `secret`, and a ledger that the test holds.
final class Stage {
    let ledger: TestLedger
    let loop = EmbeddedEventLoop()
    private(set) var session: PostgresSession!
    private let output = Output()

    /// What the legs would carry, and why the session ended.
    private final class Output {
        var toTarget = ByteBuffer()
        var toClient = ByteBuffer()
        var ended: SessionEnd?
    }

    init(
        ports: GatewayPorts? = nil,
        readsOnDisk: Bool = false,
        changesOnDisk: Bool? = nil,
        path: SearchPath? = Stage.path,
        catalog: Catalog? = Stage.catalog,
        masks: [ObjectName: [String: MaskMethod]] = [:],
        owed: Obligations = .none
    ) {
        let ledger = TestLedger()
        self.ledger = ledger
        let output = output
        let shared = Stage.shared(ports ?? Stage.ports(ledger, masks, owed))
        let loopState = LoopState(loop: loop, shared: shared)
        let admission = Stage.admission(readsOnDisk: readsOnDisk, changesOnDisk: changesOnDisk ?? readsOnDisk)
        loopState.catalog(for: admission).catalog = catalog
        session = PostgresSession(
            admission: admission,
            shared: shared,
            loopState: loopState,
            loop: loop,
            source: SourceEndpoint(address: "192.0.2.1", port: 1),
            searchPath: path,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            toClient: { output.toClient.writeImmutableBuffer($0) },
            toTarget: { output.toTarget.writeImmutableBuffer($0) },
            flushTarget: {},
            flushClient: {},
            end: { output.ended = output.ended ?? $0 }
        )
    }

    static let path = SearchPath(schemas: ["pg_catalog", "public"], catalogRelations: [])

    /// Tables `t` with the columns `id` and `name`, in four schemas.
    static let catalog = Catalog(
        version: 1,
        relations: [("public", "t"), ("app", "t"), ("secret", "t"), ("s", "u")].map { schema, name in
            CatalogRelation(
                name: ObjectName(schema: schema, name: name),
                kind: .table,
                columns: [CatalogColumn(name: "id", type: "integer"), CatalogColumn(name: "name", type: "text")]
            )
        }
    )

    private static func ports(
        _ ledger: TestLedger,
        _ masks: [ObjectName: [String: MaskMethod]],
        _ owed: Obligations
    ) -> GatewayPorts {
        var ports = GatewayPorts.denyAll
        ports.masks = { _, _, _, _ in masks }
        ports.decide = { roles, _, effects, _ in
            let denied = effects.first { $0.action == .delete || $0.object.schema == "secret" }
            let decision = Decision(
                outcome: denied == nil ? .allow : .deny,
                role: roles.first ?? "",
                policy: "p",
                effect: denied,
                reason: denied?.sentence,
                obligations: denied == nil ? owed : Obligations(literals: owed.literals)
            )
            return PolicyAnswer(decision: decision, validUntil: Timestamp(microseconds: .max))
        }
        ports.record = { ledger.append($0) }
        ports.sequence = { ledger.append($0) }
        ports.writeRecords = { ledger.write() }
        ports.recordOutcome = { ledger.append($0) }
        ports.whenDurable = { ledger.whenDurable($0, $1) }
        ports.changeRefusal = { ledger.changeRefusal }
        return ports
    }

    private static func admission(readsOnDisk: Bool, changesOnDisk: Bool) -> SessionAdmission {
        SessionAdmission(
            id: ULID(high: 1, low: 2),
            principal: Principal(kind: .workload, issuer: "https://issuer.example", subject: "job"),
            roles: ["reader"],
            target: TargetEndpoint(name: "orders", address: .host("db.example", port: 5432), tls: .disabled),
            database: "shop",
            credentialUser: "app",
            credentialPassword: nil,
            reason: nil,
            limits: SessionLimits(),
            durability: RecordDurability(readsOnDisk: readsOnDisk, changesOnDisk: changesOnDisk),
            identityMembers: [],
            tokenDigest: "",
            policy: "p"
        )
    }

    private static func shared(_ ports: GatewayPorts) -> GatewayShared {
        GatewayShared(
            ports: ports,
            counters: GatewayCounters(),
            live: LiveSessions(),
            limits: ListenerLimits(),
            analyzer: StatementAnalyzer(),
            deepThread: deepThread,
            tls: nil,
            textDigest: ExactTextDigest(key: Array(repeating: 7, count: 32)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private static let deepThread = DeepStackThread(name: "test")

    // MARK: The client and the target

    /// Whether the target has something that the test has not taken: without a turn of the loop.
    var hasSent: Bool { output.toTarget.readableBytes > 0 }

    var ended: SessionEnd? { output.ended }

    /// The client sends messages at once; what the target gets of them.
    @discardableResult
    func client(_ messages: Message...) -> String {
        session.clientBytes(Message.bytes(messages))
        return takeSent()
    }

    /// The target answers; what the client gets.
    @discardableResult
    func target(_ messages: Message...) -> String {
        session.targetBytes(Message.bytes(messages))
        return takeAnswered()
    }

    /// The loop's clock goes on.
    func passTime(ticks: UInt64) {
        for _ in 0..<ticks { session.loopState.tick() }
    }

    func takeSent() -> String {
        loop.run()
        defer { output.toTarget.clear() }
        return Message.transcript(output.toTarget)
    }

    func takeAnswered() -> String {
        loop.run()
        defer { output.toClient.clear() }
        return Message.transcript(output.toClient)
    }
}
