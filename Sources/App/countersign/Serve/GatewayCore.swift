internal import AccessModel
internal import Approvals
internal import AuditLog
internal import Console
internal import Foundation
internal import GatewayKit
internal import Identity
internal import Logging
internal import Masking
internal import NIOSSL
internal import People
internal import PolicyEngine
internal import PostgresGateway
internal import StateDatabase
internal import StatementAnalysis
internal import TransparencyLog

/// The parts of a running gateway, put together: what every listener and every operator's command reaches.
final class GatewayCore: Sendable {
    let configurationFile: String
    let data: String
    let origin: String
    /// The lock's file, where the configuration names one.
    let lock: String?
    let listen: Listeners
    private let witnessing: WitnessingConfiguration
    private let publication: LedgerPublication
    let policy: PolicyInForce
    let ledger: Ledger
    let verifier: TokenVerifier
    let fetcher: IssuerFetcher
    /// Who cosigns this ledger; nil where nobody is asked.
    let witnesses: LedgerWitnesses?
    /// As whom this gateway cosigns others'; nil where it does not.
    let witness: ServedWitness?
    let ledgerPorts: LedgerPorts?
    let metricsAccess: MetricsAccess
    let live = LiveSessions()
    let counters = GatewayCounters()
    let shared: GatewayShared
    let exports: ExportDesk
    let notifications: ExportDesk
    /// What people ask of the ledger.
    let archive: AuditArchive
    let traffic: TrafficSeries
    let approvals: ApprovalDesk
    let changeSets: ChangeSetIntake
    let board: ChangeBoard
    /// Where people log in; nil where nobody does, since there is no console.
    let people: LoginDesk?
    /// The console's address as browsers see it.
    let consoleURL: String?
    let provider: LoginProvider?
    let logger: Logger
    let started: Timestamp

    /// Reads the configuration, opens the ledger and records the start. Throws one line that says what is wrong.
    init(configurationFile path: String, logger: Logger) throws {
        let loaded = try GatewayCore.load(path, logger: logger)
        let configuration = loaded.snapshot.configuration
        let resolver = ConfigurationResolver(path: path)
        configurationFile = path
        data = resolver.resolve(configuration.data)
        origin = configuration.ledger.origin
        listen = configuration.listen
        witnessing = configuration.ledger.witnessing
        publication = configuration.ledger.publication
        self.logger = logger
        started = SystemClock.now()
        policy = PolicyInForce(loaded.snapshot)
        try GatewayCore.makeFolder(data)
        let witnesses = try LedgerWitnesses(configuration.ledger, resolver: resolver, data: data, logger: logger)
        self.witnesses = witnesses
        witness = try GatewayCore.openWitness(configuration.ledger, resolver: resolver, data: data, logger: logger)
        lock = configuration.ledger.upkeep.lock.map { resolver.resolve($0) }
        ledger = try GatewayCore.openLedger(configuration.ledger, data: data, lock: lock, witnesses: witnesses)
        witnesses?.attach(ledger)
        ledgerPorts = try LedgerPorts(
            configuration.ledger.publication,
            tiles: LedgerTiles(directory: "\(data)/ledger"),
            resolver: resolver
        )
        metricsAccess = try resolver.metricsAccess(configuration.listen.consoleTerms.metrics)
        let fetcher = IssuerFetcher(authorities: GatewayCore.authorities(configuration, resolver))
        self.fetcher = fetcher
        verifier = TokenVerifier(
            issuers: configuration.issuers.map { TrustedIssuer($0, resolver: resolver) },
            ports: IdentityPorts(
                fetch: { try await fetcher.fetch($0, issuer: $1) },
                readFile: { path in
                    guard let data = FileManager.default.contents(atPath: path) else {
                        throw Failure("\(path): cannot be read")
                    }
                    return Array(data)
                },
                now: SystemClock.now
            )
        )
        let url = GatewayCore.consoleURL(configuration)
        consoleURL = url
        let board = ChangeBoard()
        self.board = board
        let state = try GatewayCore.openState(data)
        let approvals = ApprovalDesk(
            ports: ApprovalPorts(ledger: ledger, store: state, url: GatewayCore.linkURL(configuration), logger: logger)
            {
                board.tell()
            }
        )
        changeSets = ChangeSetIntake(
            verifier: verifier,
            policy: policy,
            approvals: approvals,
            thread: DeepStackThread(name: "change sets")
        )
        let (ledger, policy) = (ledger, policy)
        let provider = try configuration.login.map { login in
            LoginProvider(login, secret: try login.secret.map { try resolver.secret($0) }, fetcher: fetcher)
        }
        self.provider = provider
        people = url.map { _ in
            GatewayCore.loginDesk(configuration.login, provider: provider, policy: policy) { draft in
                (try? ledger.append(draft)) != nil
            }
        }
        self.approvals = approvals
        archive = AuditArchive(data: data, ledger: ledger, logger: logger)
        traffic = TrafficSeries(began: started)
        shared = GatewayShared(
            ports: GatewayPorts(
                desk: AdmissionDesk(
                    verifier: verifier,
                    policy: policy,
                    ledger: ledger,
                    live: live,
                    maskKey: try MaskKeyFile(data: data),
                    logger: logger
                ),
                policy: policy,
                ledger: ledger,
                approvals: approvals,
                witnesses: witnesses,
                counters: counters
            ),
            counters: counters,
            live: live,
            limits: ListenerLimits(
                authentication: configuration.limits.authenticationTimeout,
                halfOpen: configuration.limits.halfOpen,
                sessions: configuration.limits.sessions
            ),
            analyzer: StatementAnalyzer(limits: AnalysisLimits(text: configuration.limits.statementBytes)),
            deepThread: DeepStackThread(name: "analysis"),
            tls: try loaded.listenerTLS.map { try NIOSSLContext(configuration: $0) },
            textDigest: ExactTextDigest(key: try KeyFile.bytes("text.key", data: data)),
            sockets: try configuration.listen.postgres.map { _ in try SocketLoops(count: ListenerService.loops) },
            logger: logger
        )
        var ports = ExportPorts(
            folder: "\(data)/export",
            reader: LedgerReader(directory: "\(data)/ledger"),
            durable: { [ledger] in ledger.counters.durable },
            now: SystemClock.now
        )
        exports = ExportDesk(ports: ports, logger: logger)
        ports.folder = "\(data)/notifications"
        notifications = ExportDesk(.notification, ports: ports, logger: logger)
        try GatewayCore.makeFolder("\(data)/export")
        try GatewayCore.makeFolder("\(data)/notifications")
        try recordStart(loaded)
        approvals.restore(try GatewayCore.load(state, data))
        exports.apply(loaded.exports)
        notifications.apply(loaded.notifications)
    }

    // MARK: Loading

    struct Loaded {
        var snapshot: PolicySnapshot
        /// The file's bytes, which the policy is named by.
        var text: [UInt8]
        var listenerTLS: TLSConfiguration?
        var exports: [DestinationPlan]
        var notifications: [DestinationPlan]
        var warnings: [String]
    }

    /// Everything that can fail is done here, before anything is replaced.
    static func load(_ path: String, logger: Logger) throws -> Loaded {
        let file = try ConfigurationFile.read(path)
        guard let configuration = file.configuration else { throw ConfigurationRefusal(file.diagnostics) }
        let resolver = ConfigurationResolver(path: path)
        let faults = resolver.faults(of: configuration, at: file.places)
        guard faults.isEmpty else { throw ConfigurationRefusal(faults) }
        var targets: [String: ResolvedTarget] = [:]
        for target in configuration.targets { targets[target.name] = try resolver.target(target) }
        let warnings = file.diagnostics + configuration.lint(at: SystemClock.now(), file: path)
        return Loaded(
            snapshot: PolicySnapshot(
                policy: PolicySet(configuration, id: file.policy),
                targets: targets,
                warnings: file.diagnostics
            ),
            text: file.text,
            listenerTLS: try configuration.listen.postgres.flatMap {
                guard var tls = try resolver.listenerTLS($0) else { return nil }
                tls.applicationProtocols = ["postgresql"]
                return tls
            },
            exports: try configuration.exports.map {
                try resolver.destination($0, origin: configuration.ledger.origin)
            },
            notifications: try configuration.notifications.map {
                try resolver.notifications($0, of: configuration, logger: logger)
            },
            warnings: warnings.map { "\($0)" }
        )
    }

    private static func authorities(_ configuration: Configuration, _ resolver: ConfigurationResolver) -> [String:
        String]
    {
        let login = configuration.login.map { [(LoginProvider.issuer, $0.ca)] } ?? []
        return Dictionary(
            (configuration.issuers.map { ($0.name, $0.ca) } + login).compactMap { name, ca in
                ca.map { (name, resolver.resolve($0)) }
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure("the data folder \(path) cannot be made; may this user write there?")
        }
    }

    private static func openState(_ data: String) throws -> ChangeSetTable {
        do {
            return try ChangeSetTable(path: "\(data)/state.sqlite")
        } catch {
            throw Failure("\(error)")
        }
    }

    private static func load(_ state: ChangeSetTable, _ data: String) throws -> [ChangeSetSnapshot] {
        do {
            return try state.load()
        } catch {
            throw Failure(
                "\(data)/state.sqlite holds change sets that cannot be read: move it away to start without them"
            )
        }
    }

    private static func openLedger(
        _ ledger: LedgerConfiguration,
        data: String,
        lock: String?,
        witnesses: LedgerWitnesses?
    ) throws -> Ledger {
        let options = LedgerOptions(
            segmentBytes: ledger.segmentSize,
            fillsSegments: ledger.reads == .disk || ledger.changes == .disk,
            lowestFreeBytes: UInt64(ledger.reserve),
            checkpointInterval: ledger.upkeep.checkpointEvery,
            checkpointEntries: ledger.upkeep.checkpointEntries,
            heartbeat: ledger.upkeep.heartbeat
        )
        do {
            return try Ledger(
                directory: "\(data)/ledger",
                identity: LedgerIdentity(origin: ledger.origin, keys: "\(data)/keys", lock: lock),
                options: options,
                publisher: witnesses?.publisher ?? .silent,
                now: SystemClock.now
            )
        } catch {
            throw Failure("the ledger in \(data)/ledger cannot be opened: \(error)")
        }
    }

    // MARK: Reload

    /// Puts the file in force as it is now, whole or not at all. Live sessions keep their connections; what they run is
    /// decided by the new policy.
    func reload() throws -> (policy: String, warnings: [String]) {
        let loaded = try GatewayCore.load(configurationFile, logger: logger)
        let tls = try loaded.listenerTLS.map { try NIOSSLContext(configuration: $0) }
        let configuration = loaded.snapshot.configuration
        let resolver = ConfigurationResolver(path: configurationFile)
        let previous = policy.current.policy.id
        var warnings = loaded.warnings
        if configuration.listen != listen || resolver.resolve(configuration.data) != data
            || configuration.ledger.origin != origin || configuration.ledger.upkeep.lock.map(resolver.resolve) != lock
            || configuration.ledger.witnessing.settings != witnessing.settings
            || configuration.ledger.publication != publication || (tls == nil) != (shared.tlsContext == nil)
        {
            warnings.append(
                "listen, data, and what ledger says of its origin, lock, witnesses and readers take effect at the next start only"
            )
        }
        if GatewayCore.provider(of: configuration) != GatewayCore.provider(of: policy.current.configuration) {
            warnings.append("login takes effect at the next start only, but for its auditors and administrators")
        }
        // Recorded first: no command is decided by a policy that the ledger does not know.
        try recordPolicy(loaded, previous: previous)
        fetcher.update(authorities: GatewayCore.authorities(configuration, resolver))
        verifier.update(issuers: configuration.issuers.map { TrustedIssuer($0, resolver: resolver) })
        policy.replace(with: loaded.snapshot)
        exports.apply(loaded.exports)
        notifications.apply(loaded.notifications)
        if let tls, shared.tlsContext != nil { shared.replace(tls: tls) }
        logger.notice("policy loaded", metadata: ["policy": "\(loaded.snapshot.policy.id)"])
        return (loaded.snapshot.policy.id, warnings)
    }

    /// The part of `login` that is read once.
    private static func provider(of configuration: Configuration) -> LoginConfiguration? {
        configuration.login.map { login in
            var login = login
            login.auditors = []
            login.administrators = []
            return login
        }
    }

    // MARK: Records of the gateway itself

    private func recordStart(_ loaded: Loaded) throws {
        var json = JSONBytes()
        json.appendRaw("\"gateway\":{\"version\":")
        json.append(Version.current)
        json.appendRaw(",\"origin\":")
        json.append(origin)
        json.appendRaw(",\"key\":")
        json.append(ledger.key.text)
        json.appendRaw(",\"pid\":")
        json.append(Int64(ProcessInfo.processInfo.processIdentifier))
        json.appendRaw("},\"recovered\":")
        if let torn = ledger.recovery.torn {
            json.appendRaw("{\"segment\":")
            json.append(torn.segment)
            json.appendRaw(",\"torn_bytes\":")
            json.append(Int64(torn.bytes))
            json.appendRaw(",\"kept\":")
            json.append(torn.kept)
            json.appendRaw("}")
        } else {
            json.appendNull()
        }
        try record(.gatewayStarted, json.bytes)
        try recordPolicy(loaded, previous: nil)
    }

    /// Keeps the policy's text under its name, for whoever asks later by what a command was decided, and then tells of it.
    private func recordPolicy(_ loaded: Loaded, previous: String?) throws {
        do {
            _ = try ledger.storeBlob(loaded.text)
        } catch {
            throw Failure("the ledger cannot keep the policy's text: \(error)")
        }
        try record(
            .policyLoaded,
            PolicyLoaded.body(loaded.snapshot.policy.id, previous: previous, file: configurationFile)
        )
    }

    func recordStop(reason: String) {
        var json = JSONBytes()
        json.appendRaw("\"gateway\":{\"reason\":")
        json.append(reason)
        json.appendRaw("}")
        try? record(.gatewayStopped, json.bytes)
    }

    private func record(_ kind: RecordKind, _ body: [UInt8]) throws {
        do {
            _ = try ledger.append(RecordDraft(kind: kind, session: nil, body: body))
        } catch {
            throw Failure("the ledger takes no records: \(error)")
        }
    }
}
