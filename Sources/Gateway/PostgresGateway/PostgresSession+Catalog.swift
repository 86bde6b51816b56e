internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// The snapshot of the target's catalog: when it is read again, and what it is for this session.
extension PostgresSession {
    var catalog: Catalog? { definitions.own ?? slot.catalog }

    /// The cache belongs to the snapshot: one session's own view of a database must not drive out what all others share.
    var effectCache: EffectCache { definitions.own == nil ? slot.effects : definitions.ownEffects }

    /// The search path, with the relations that no snapshot has.
    var pathNow: SearchPath? {
        guard var path = searchPath else { return nil }
        path.made = definitions.made
        return path
    }

    /// Names cannot be resolved until the target says where it looks and what it holds.
    var needsProbe: Bool {
        (searchPath == nil || needsCatalog) && mayProbe && machine.status != .failed && !isOver
            && clientStream.left == 0
    }

    /// The gateway's questions are simple queries, which end the transaction that a batch is until its Sync: inside of a batch
    /// they would commit what was run of it.
    var mayProbe: Bool { definitions.isBetweenBatches && machine.isIdle }

    private var needsCatalog: Bool {
        guard loopState.ticks >= definitions.notBefore else { return false }
        if definitions.isStale { return true }
        // What is read inside of a transaction is the session's own, and makes no shared snapshot younger.
        return slot.isOld(at: loopState.ticks) && machine.status == .idle
    }

    /// Asks the target for its search path, and where needed for what it holds. False where that cannot be done now.
    func startProbe(readsCatalog: Bool? = nil) -> Bool {
        let readsCatalog = readsCatalog ?? needsCatalog
        guard mayProbe, machine.probeSent() else { return false }
        probe.begin(readsCatalog: readsCatalog)
        var buffer = ByteBuffer()
        let question = probe.question(system: slot.needsSystem)
        buffer.writeMessage(FrontendKind.query.rawValue) { $0.writeNullTerminated(question) }
        toTarget(buffer)
        flushTarget()
        return true
    }

    /// Reads the catalog for a name that the snapshot does not have, once for a message and twice a second at most. False
    /// where it cannot: the message is then judged with what is there.
    func startReading(for verdict: Verdict) -> Bool {
        guard verdict.judgement?.unknownState != nil, !definitions.isReadForMessage else { return false }
        definitions.isStale = true
        guard loopState.ticks >= definitions.notBefore, clientStream.left == 0, startProbe(readsCatalog: true)
        else { return false }
        definitions.isReadForMessage = true
        definitions.notBefore = loopState.ticks + 1
        if verdict.kind == .query || verdict.kind == .parse { readyPlan = verdict.plan }
        return true
    }

    func probeAnswered() {
        guard !probe.isEstimating else { return estimateAnswered() }
        // A target that does not answer leaves no names resolved: what has no schema is then denied.
        let schemas = probe.hasFailed ? [] : probe.schemas ?? []
        if probe.readsCatalog { catalogAnswered() }
        probe.end()
        searchPath = SearchPath(schemas: schemas, catalogRelations: [])
        forgetJudgements()
    }

    private func catalogAnswered() {
        let rows = probe.catalog
        let isOwn = machine.status == .inTransaction
        let new = probe.hasFailed ? nil : isOwn ? slot.build(rows) : slot.replace(by: rows, at: loopState.ticks)
        guard let new else {
            definitions.failure = "the target's catalog could not be read"
            definitions.isStale = true
            definitions.notBefore = loopState.ticks + 2
            return logger.warning("the catalog could not be read", metadata: ["target": "\(admission.target.name)"])
        }
        if !isOwn { loopState.noteCatalog(new, for: admission) }
        definitions.own = isOwn ? new : nil
        definitions.made = Set(rows.temporary.map { ObjectName(schema: "pg_temp", name: $0) })
        definitions.isStale = false
        definitions.failure = nil
    }

    /// A statement went out that may change what names mean.
    func sentDefinitions(of judgement: JudgedStatement) {
        guard judgement.definesObjects else { return }
        definitions.isStale = true
        guard !judgement.made.isSubset(of: definitions.made) else { return }
        definitions.made.formUnion(judgement.made)
        forgetJudgements()
    }

    /// What a transaction changed is there for all, or for nobody.
    func transactionEnded() {
        guard definitions.own != nil else { return }
        definitions.own = nil
        definitions.isStale = true
    }
}
