internal import AccessModel
internal import GatewayKit
internal import Masking
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// Masks at the source: the texts that go to the target read masked columns as their masks.
extension PostgresSession {
    enum Maskings {
        case waiting
        /// Every text is served with masks, which cover these columns.
        case served([MaskedText.MaskedColumns])
        case refused(reason: String, unknownState: String?)
    }

    static let otherMasks = "the statement was prepared under other masks: prepare it again"

    /// The masks of a message's text, and of the prepared statements that it runs: those must still be what would be sent.
    func maskings(of plan: StatementPlan, _ executed: [PreparedStatement], at now: Timestamp) -> Maskings {
        var columns: [MaskedText.MaskedColumns] = []
        switch masking(of: plan, at: now) {
        case .none: break
        case .text(let masked): columns = masked.masked
        case .waiting: return .waiting
        case .refused(let refusal): return refused(refusal)
        }
        for prepared in executed {
            var text: String?
            switch masking(of: prepared.plan, at: now) {
            case .none: break
            case .text(let masked):
                text = masked.text
                columns += masked.masked.filter { !columns.contains($0) }
            case .waiting: return .waiting
            case .refused(let refusal): return refused(refusal)
            }
            guard text == prepared.maskedText else { return .refused(reason: Self.otherMasks, unknownState: nil) }
        }
        return .served(columns)
    }

    private func refused(_ refusal: MaskRefusal) -> Maskings {
        guard case .unknownRelation = refusal.code else {
            return .refused(reason: refusal.message, unknownState: nil)
        }
        return .refused(reason: refusal.message, unknownState: "42P01")
    }

    /// What a text becomes; worked out once while the session's answers stand.
    func masking(of plan: StatementPlan, at now: Timestamp) -> MaskState.Masking {
        guard plan.analysis.refusal == nil, let inForce = masksInForce(at: now), !inForce.isEmpty else { return .none }
        if let known = masks.texts[ObjectIdentifier(plan)] { return known.masking }
        if let known = masks.byShape(plan, limit: shared.analyzer.limits.text) {
            masks.keep(known, of: plan)
            return known
        }
        let path = maskPath(of: plan)
        guard plan.text.count <= AnalysisLimits.inline else {
            maskElsewhere(plan, inForce, path)
            return .waiting
        }
        let masking = PostgresSession.masking(plan, inForce, path, shared.analyzer.limits)
        masks.keep(masking, of: plan)
        return masking
    }

    /// Where names are looked up, with what the session has made. A text that moves the search path itself has none: the
    /// name that is put in for a relation must be the one that its effects were decided on.
    private func maskPath(of plan: StatementPlan) -> SearchPath {
        let none = SearchPath(schemas: [], catalogRelations: [])
        guard plan.analysis.statements.count == 1 || !plan.analysis.statements.contains(where: { movesSearchPath($0) })
        else { return none }
        return pathNow ?? none
    }

    /// Whether names without a schema may mean something else behind it.
    private func movesSearchPath(_ statement: AnalyzedStatement) -> Bool {
        statement.session.contains { change in
            switch change {
            case .setsSearchPath, .resetsSession: true
            case .transaction(let verb): pathTouched && verb.mayRestoreSettings
            case .prepares, .executes, .deallocates, .setsStamp: false
            }
        }
    }

    private static func masking(
        _ plan: StatementPlan,
        _ masks: MasksInForce,
        _ path: SearchPath,
        _ limits: AnalysisLimits
    ) -> MaskState.Masking {
        do throws(MaskRefusal) {
            let masker = StatementMasker(limits: limits)
            let text = try masker.mask(plan.text, masks, path: path)
            return text.map { .text($0) } ?? .none
        } catch {
            return .refused(error)
        }
    }

    /// Long texts are parsed on a thread with a deep stack, as for their analysis.
    private func maskElsewhere(_ plan: StatementPlan, _ inForce: MasksInForce, _ path: SearchPath) {
        guard !isWaitingForJob else { return }
        isWaitingForJob = true
        let bound = NIOLoopBound(self, eventLoop: loop)
        let (limits, generation) = (shared.analyzer.limits, judgedGeneration)
        shared.deepThread.run { [loop] in
            let masking = PostgresSession.masking(plan, inForce, path, limits)
            loop.execute { bound.value.masked(plan, masking, generation) }
        }
    }

    private func masked(_ plan: StatementPlan, _ masking: MaskState.Masking, _ generation: UInt64) {
        isWaitingForJob = false
        guard !isOver else { return }
        // Made for answers that were forgotten since, it is made again.
        if generation == judgedGeneration { masks.keep(masking, of: plan) }
        resumeClient()
        flushTarget()
    }

    /// The message of a plan that is not in the cache is looked at again with the same plan.
    func waitForMasks(_ plan: StatementPlan) -> Verdict? {
        readyPlan = plan
        return nil
    }

    private func masksInForce(at now: Timestamp) -> MasksInForce? {
        guard let catalog else { return nil }
        if let known = masks.inForce, known.catalog === catalog, now < masks.until { return known }
        let asked = shared.ports.masks(admission.roles, admission.target.name, now, catalog)
        let new = MasksInForce(asked, in: catalog, key: admission.maskKeys == nil ? nil : .settings)
        masks.inForce = new
        masks.until = shared.ports.decide(admission.roles, admission.target.name, [], now).validUntil
        masks.forgetTexts()
        if !new.isEmpty { masks.scrubs = true }
        return new
    }

    // MARK: What the target says

    /// An error or a notice without the target's words about values, its position that of the text that the client sent.
    func scrubbed(_ kind: BackendKind, _ body: ByteBuffer, positions: PositionMap?) -> ByteBuffer {
        let fields = body.withUnsafeReadableBytes { ReportScrub.scrubbed($0) }
        var buffer = ByteBuffer()
        buffer.writeMessage(kind.rawValue) { message in
            for field in fields.split(separator: 0) {
                if field.first == 0x50, let positions,
                    let position = Int(String(decoding: field.dropFirst(), as: UTF8.self))
                {
                    message.writeNullTerminated("P\(positions.originalPosition(position))")
                } else {
                    message.writeBytes(field)
                    message.writeInteger(UInt8(0))
                }
            }
            message.writeInteger(UInt8(0))
        }
        return buffer
    }

    /// Where the places of an error about a command, or about a Parse, are counted.
    func positions(of command: UInt32) -> PositionMap? {
        guard command != 0 else { return masks.parsed }
        var found: PositionMap?
        withCommand(command) { found = $0.masked?.positions }
        return found
    }
}
