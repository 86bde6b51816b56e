internal import AccessModel
internal import GatewayKit
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

extension PostgresSession {
    /// What policy says of a message; nil while something must be worked out on another thread.
    func verdict(_ kind: FrontendKind, _ body: ByteBuffer) throws(FrameError) -> Verdict? {
        noteEpoch()
        return switch kind {
        case .query: try queryVerdict(body)
        case .parse: try parseVerdict(body)
        case .bind: try bindVerdict(body)
        case .execute: try executeVerdict(body)
        case .functionCall: functionCallVerdict()
        case .close, .copyData, .copyDone, .copyFail, .describe, .flush, .password, .sync, .terminate:
            throw FrameError(code: .unexpected, type: kind.rawValue)
        }
    }

    private func queryVerdict(_ body: ByteBuffer) throws(FrameError) -> Verdict? {
        let length = body.readableBytes - 1
        guard length >= 0, body.readableBytesView.last == 0 else {
            throw FrameError(code: .malformed, type: FrontendKind.query.rawValue)
        }
        guard let plan = plan(body, at: 0, length: length) else { return nil }
        let verdict = Verdict(.query)
        guard judge(plan, plan.analysis.statements, into: verdict) else { return waitForMasks(plan) }
        if verdict.isAllowed, plan.setsStampOnly {
            verdict.rewritten = stampMessage(FrontendKind.query, name: nil)
        } else if verdict.isAllowed, let masked = verdict.masked {
            verdict.rewritten = PostgresSession.message(.query) { $0.writeNullTerminated(masked.text) }
        }
        return verdict
    }

    private func parseVerdict(_ body: ByteBuffer) throws(FrameError) -> Verdict? {
        let malformed = FrameError(code: .malformed, type: FrontendKind.parse.rawValue)
        var rest = body
        guard let name = rest.readName(),
            let length = rest.readableBytesView.firstIndex(of: 0).map({ $0 - rest.readerIndex })
        else { throw malformed }
        let verdict = Verdict(.parse)
        verdict.statementName = name
        var types = rest
        types.moveReaderIndex(forwardBy: length + 1)
        guard let count = types.readInteger(as: UInt16.self), types.readableBytes == 4 * Int(count) else {
            throw malformed
        }
        for _ in 0..<count { verdict.parameterTypes.append(types.readInteger(as: UInt32.self) ?? 0) }
        guard let plan = plan(rest, at: 0, length: length) else { return nil }
        if !name.isEmpty, registry.statement(name) != nil {
            verdict.refusal = PostgresSession.error("42P05", "prepared statement \(quoted(name)) already exists")
            return verdict
        }
        if !registry.hasRoomForStatement, !name.isEmpty {
            verdict.refusal = PostgresSession.error("54000", "too many prepared statements in one session")
            return verdict
        }
        guard judge(plan, plan.analysis.statements, into: verdict) else { return waitForMasks(plan) }
        verdict.prepared = PreparedStatement(
            plan: plan,
            inner: nil,
            parameterTypes: verdict.parameterTypes,
            batch: machine.sendingBatch,
            isConfirmed: false,
            maskedText: verdict.masked?.text
        )
        if verdict.isAllowed, plan.setsStampOnly {
            verdict.rewritten = stampMessage(FrontendKind.parse, name: name)
        } else if verdict.isAllowed, let masked = verdict.masked {
            verdict.rewritten = PostgresSession.message(.parse) { body in
                body.writeNullTerminated(name)
                body.writeNullTerminated(masked.text)
                body.writeInteger(count)
                for type in verdict.parameterTypes { body.writeInteger(type) }
            }
        }
        return verdict
    }

    private func bindVerdict(_ body: ByteBuffer) throws(FrameError) -> Verdict? {
        let message = try BindMessage(body: body)
        let verdict = Verdict(.bind)
        verdict.portalName = message.portal
        guard let statement = registry.statement(message.statement) else {
            verdict.refusal = PostgresSession.error(
                "26000",
                "prepared statement \(quoted(message.statement)) does not exist"
            )
            return verdict
        }
        guard registry.hasRoomForPortal || message.portal.isEmpty else {
            verdict.refusal = PostgresSession.error("54000", "too many portals in one session")
            return verdict
        }
        verdict.prepared = statement
        guard judge(statement, into: verdict) else { return nil }
        var json = JSONBytes(reserving: 64)
        guard literals == .exact, !statement.plan.isRedacted else {
            verdict.parameters = redactedParameters(message, types: statement.parameterTypes)
            return verdict
        }
        message.appendParameters(to: &json, types: statement.parameterTypes)
        guard json.bytes.count > RecordLimits.parameters else {
            verdict.parameters = json.bytes
            return verdict
        }
        guard let kept = keepParameters(json.bytes) else { return nil }
        verdict.parameters = kept
        return verdict
    }

    private func executeVerdict(_ body: ByteBuffer) throws(FrameError) -> Verdict? {
        var body = body
        let verdict = Verdict(.execute)
        guard let name = body.readName(), body.readableBytes == 4 else {
            throw FrameError(code: .malformed, type: FrontendKind.execute.rawValue)
        }
        guard let portal = registry.portal(name) else {
            verdict.refusal = PostgresSession.error("34000", "portal \(quoted(name)) does not exist")
            return verdict
        }
        verdict.portalName = name
        verdict.portal = portal
        // Decided anew: between Bind and now the policy may have changed, or the role ended.
        guard judge(portal.statement, into: verdict) else { return nil }
        if body.readInteger(as: UInt32.self) != 0 { refusePartOfChange(verdict) }
        return verdict
    }

    private func functionCallVerdict() -> Verdict {
        let verdict = Verdict(.functionCall)
        verdict.plan = PostgresSession.functionCallPlan
        let decision = Decision(
            outcome: .deny,
            role: admission.roles.first ?? "",
            policy: admission.policy,
            reason: "function calls of the protocol do not pass the gateway"
        )
        verdict.judgement = judgement(
            decision,
            nil,
            Self.functionCallPlan,
            isChange: true,
            validUntil: Timestamp(microseconds: 0)
        )
        verdict.refusal = refusal(decision, sqlState: "42501")
        return verdict
    }

    private static let functionCallPlan: StatementPlan = {
        let refusal = AnalysisRefusal(code: .notUnderstood("FunctionCall"), message: "FunctionCall")
        var text = "[FunctionCall message]"
        return text.withUTF8 { StatementPlan(text: $0, analysis: Analysis(refusal: refusal)) }
    }()

    // MARK: Plans

    /// The plan of a text inside a message; nil while it is made on a thread with a deep stack.
    private func plan(_ body: ByteBuffer, at offset: Int, length: Int) -> StatementPlan? {
        if let plan = readyPlan {
            readyPlan = nil
            return plan
        }
        return body.withUnsafeReadableBytes { raw -> StatementPlan? in
            let text = UnsafeBufferPointer(rebasing: raw.bindMemory(to: UInt8.self)[offset..<offset + length])
            if let plan = knownPlan(text) { return plan }
            guard length <= AnalysisLimits.inline else {
                makePlanElsewhere(Array(text))
                return nil
            }
            let plan = StatementPlan(
                text: text,
                analysis: analysis(of: text),
                literals: literals,
                digest: shared.textDigest
            )
            keep(plan, for: text, literals)
            return plan
        }
    }

    private func knownPlan(_ text: UnsafeBufferPointer<UInt8>) -> StatementPlan? {
        literals == .exact ? loopState.plans.find(text) : loopState.redactedPlans.find(text)
    }

    private func keep(_ plan: StatementPlan, for text: UnsafeBufferPointer<UInt8>, _ literals: LiteralRecording) {
        switch literals {
        case .exact: loopState.plans.insert(plan, for: text)
        case .redacted: loopState.redactedPlans.insert(plan, for: text)
        }
    }

    /// Texts that differ in integers alone share an analysis, where no integer can change what the statement does.
    private func analysis(of text: UnsafeBufferPointer<UInt8>) -> Analysis {
        if let known = loopState.shapes.find(text) { return known }
        let analysis = shared.analyzer.analyze(text)
        loopState.shapes.insert(analysis, for: text)
        return analysis
    }

    private func makePlanElsewhere(_ text: [UInt8]) {
        isWaitingForJob = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        shared.deepThread.run { [shared, loop, literals] in
            let plan = text.withUnsafeBufferPointer { text in
                StatementPlan(
                    text: text,
                    analysis: shared.analyzer.analyze(text),
                    literals: literals,
                    digest: shared.textDigest
                )
            }
            // Kept before any record names it; where that fails, the record that names it must fail too.
            let isKept: Bool
            if plan.needsBlob, case .failure = shared.ports.storeBlob(text) { isKept = false } else { isKept = true }
            loop.execute { bound.value.planMade(plan, text, literals, isKept: isKept) }
        }
    }

    private func planMade(_ plan: StatementPlan, _ text: [UInt8], _ literals: LiteralRecording, isKept: Bool) {
        isWaitingForJob = false
        guard !isOver else { return }
        guard isKept else { return end(.ledger) }
        if !plan.needsBlob { text.withUnsafeBufferPointer { keep(plan, for: $0, literals) } }
        readyPlan = plan
        resumeClient()
        flushTarget()
    }

    /// Long parameters are kept as a blob; nil while that is done.
    private func keepParameters(_ json: [UInt8]) -> [UInt8]? {
        if let ready = readyParameters {
            readyParameters = nil
            return ready
        }
        isWaitingForJob = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        shared.deepThread.run { [shared, loop] in
            let kept = shared.ports.storeBlob(json).map { digest in
                Array("null,\"parameters_blob\":{\"sha256\":\"\(digest)\",\"bytes\":\(json.count)}".utf8)
            }
            loop.execute { bound.value.parametersKept(kept) }
        }
        return nil
    }

    private func parametersKept(_ kept: Result<[UInt8], RecordRefusal>) {
        isWaitingForJob = false
        guard !isOver else { return }
        guard case .success(let json) = kept else { return end(.ledger) }
        readyParameters = json
        resumeClient()
        flushTarget()
    }

    // MARK: Decisions

    /// False while a text is given its masks on another thread.
    private func judge(_ statement: PreparedStatement, into verdict: Verdict) -> Bool {
        noteEpoch()
        let now = shared.ports.now()
        if statement.judgedGeneration == judgedGeneration, let known = statement.judgement, now < known.validUntil {
            verdict.plan = statement.plan
            verdict.judgement = known
            if !known.isAllowed, !known.isHeld { verdict.refusal = refusal(known.decision, sqlState: "42501") }
            watch(known)
            return true
        }
        guard judge(statement.plan, statement.statements, isOwn: statement.inner == nil, into: verdict) else {
            return false
        }
        // What the target has is a text with the masks of the time when it was prepared.
        guard !verdict.isAllowed || verdict.masked?.text == statement.maskedText else {
            verdict.refusal = PostgresSession.error("26000", "countersign: \(Self.otherMasks)")
            return true
        }
        // Only what may stand for the next time is among the session's answers.
        guard statement.inner == nil, judged[ObjectIdentifier(statement.plan.analysis)] != nil else { return true }
        statement.judgement = verdict.judgement
        statement.judgedGeneration = judgedGeneration
        return true
    }

    /// A policy or a snapshot that took another's place takes every answer with it.
    func noteEpoch() {
        let epochNow = shared.ports.policyEpoch()
        let catalog = catalog
        guard epochNow != epoch || catalog !== definitions.judged else { return }
        forgetJudgements()
        epoch = epochNow
        definitions.judged = catalog
        masks.inForce = nil
        hold.mayHold = shared.ports.mayHold(admission.roles, admission.target.name)
        let owed = shared.ports.decide(admission.roles, admission.target.name, [], shared.ports.now()).decision
            .obligations
        literals = owed.literals
    }

    private func judge(
        _ plan: StatementPlan,
        _ statements: [AnalyzedStatement],
        isOwn: Bool = true,
        into verdict: Verdict
    ) -> Bool {
        verdict.plan = plan
        guard let judgement = judgement(of: plan, statements, isOwn: isOwn) else { return false }
        verdict.judgement = judgement
        watch(judgement)
        if let refusal = plan.analysis.refusal {
            verdict.refusal = self.refusal(judgement.decision, sqlState: refusal.sqlState)
        } else if !judgement.isAllowed, !judgement.isHeld {
            verdict.refusal = refusal(judgement.decision, sqlState: judgement.unknownState ?? "42501")
        } else if !judgement.masked.isEmpty {
            // Texts that share a judgement differ in numbers, and each has its own words with masks.
            switch masking(of: plan, at: shared.ports.now()) {
            case .waiting: return false
            case .text(let masked): verdict.masked = masked
            case .none: break
            case .refused(let refusal): verdict.refusal = PostgresSession.error("42501", refusal.message)
            }
        }
        return true
    }

    /// `isOwn`: `statements` are all that the text holds, and not the one inside a PREPARE, of which a text may hold
    /// several: an answer for one of them must not stand for the others.
    private func judgement(
        of plan: StatementPlan,
        _ statements: [AnalyzedStatement],
        isOwn: Bool
    ) -> JudgedStatement? {
        noteEpoch()
        let now = shared.ports.now()
        if isOwn, let known = judged[ObjectIdentifier(plan.analysis)]?.judgement, now < known.validUntil {
            return known
        }
        guard let (judgement, isCacheable) = decide(plan, statements, at: now) else { return nil }
        if isOwn, isCacheable {
            if judged.count >= 1024 { forgetJudgements() }
            judged[ObjectIdentifier(plan.analysis)] = (plan.analysis, judgement)
        }
        return judgement
    }

    private func decide(
        _ plan: StatementPlan,
        _ statements: [AnalyzedStatement],
        at now: Timestamp
    ) -> (JudgedStatement, isCacheable: Bool)? {
        var resolution = EffectResolution(
            names: catalog.map { .snapshot(CatalogView(catalog: $0, effects: effectCache)) } ?? .unknown,
            path: pathNow,
            registry: registry,
            isPathTouched: pathTouched
        )
        if plan.analysis.refusal == nil { resolution.add(statements) }
        var denial: String? =
            plan.analysis.refusal?.message ?? definitions.failure
            ?? resolution.failure.map { pathNow == nil ? Self.pathReason : $0 }
            ?? (movesStampInPassing(plan) ? Self.stampReason : nil) ?? fixedSetting(resolution.effects)
        var masked: [MaskedText.MaskedColumns] = []
        if denial == nil {
            switch maskings(of: plan, resolution.executed, at: now) {
            case .waiting: return nil
            case .served(let columns): masked = columns
            case .refused(let reason, let unknownState):
                denial = reason
                resolution.unknownState = unknownState
            }
        }
        guard let denial else {
            let answer = shared.ports.decide(admission.roles, admission.target.name, resolution.effects, now)
            let isChange = plan.analysis.isChange || resolution.isChange
            let decision = countable(answer.decision, resolution)
            return (
                judgement(decision, resolution, plan, isChange: isChange, masked, validUntil: answer.validUntil),
                !resolution.dependsOnSession
            )
        }
        let decision = Decision(
            outcome: .deny,
            role: admission.roles.first ?? "",
            policy: shared.ports.decide(admission.roles, admission.target.name, [], now).decision.policy,
            reason: denial
        )
        return (judgement(decision, resolution, plan, isChange: true, validUntil: now), false)
    }

    private static let pathReason =
        "the search path may be another since an earlier statement of this batch, and is asked for after its Sync: until then a"
        + " statement may use full names only"

    private static let stampReason =
        "application_name is the session's stamp; it can be set alone only, and keeps its value"

    /// A SET of application_name among other statements cannot be rewritten safely.
    private func movesStampInPassing(_ plan: StatementPlan) -> Bool {
        !plan.setsStampOnly && plan.analysis.statements.contains { $0.session.contains(.setsStamp) }
    }

    /// Settings that no grant lets anybody change: the stamp, and those under which the target would read a text otherwise than the
    /// gateway does.
    private func fixedSetting(_ effects: [Effect]) -> String? {
        for effect in effects where effect.action == .set {
            switch effect.object.name {
            case "application_name": return Self.stampReason
            case "client_encoding", "standard_conforming_strings":
                return
                    "\(effect.object.name) keeps its value in sessions through the gateway, which reads statements by it"
            default: continue
            }
        }
        return nil
    }

    func judgement(
        _ decision: Decision,
        _ resolution: EffectResolution?,
        _ plan: StatementPlan,
        isChange: Bool,
        _ masked: [MaskedText.MaskedColumns] = [],
        validUntil: Timestamp
    ) -> JudgedStatement {
        JudgedStatement(
            decision: decision,
            recordTail: recordTail(decision, resolution?.effects ?? [], plan, masked),
            isChange: isChange,
            resolution: resolution,
            masked: masked,
            validUntil: validUntil
        )
    }

    /// `,"effects":[…]},"decision":{…},"masked":[…]`
    func recordTail(
        _ decision: Decision,
        _ effects: [Effect],
        _ plan: StatementPlan,
        _ masked: [MaskedText.MaskedColumns]
    ) -> [UInt8] {
        let isRedacted = literals == .redacted || plan.isRedacted
        var json = JSONBytes(reserving: 256)
        json.appendRaw(",\"effects\":")
        json.append(isRedacted ? RedactedDecision.effects(effects) : effects)
        json.appendRaw("},\"decision\":")
        json.append(isRedacted ? RedactedDecision.of(decision, plan.analysis) : decision)
        json.appendRaw(",\"masked\":")
        json.append(masked.flatMap { columns in columns.columns.map { "\(columns.relation).\($0)" } })
        return json.bytes
    }

    func refusal(_ decision: Decision, sqlState: String) -> ErrorFields {
        let what = decision.outcome == .hold ? "held" : "denied"
        return ErrorFields(
            severity: "ERROR",
            sqlState: sqlState,
            message: "countersign: \(what): \(decision.reason ?? "not allowed")",
            hint: decision.hint
        )
    }

    static func error(_ sqlState: String, _ message: String) -> ErrorFields {
        ErrorFields(severity: "ERROR", sqlState: sqlState, message: message)
    }

    private func quoted(_ name: String) -> String {
        "\"" + String(name.unicodeScalars.prefix(63).map { $0.value < 0x20 ? "?" : Character($0) }) + "\""
    }
}
