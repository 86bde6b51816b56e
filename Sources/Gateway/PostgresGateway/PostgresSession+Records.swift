internal import AccessModel
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis
internal import Synchronization

extension PostgresSession {
    enum Written {
        case written(RecordReference, mustReachDisk: Bool)
        /// There is nothing to record: a name that does not exist was used.
        case skipped
        /// Changes are not carried out now: the ledger is not witnessed.
        case unwitnessed
        case failed
    }

    /// Appends the record of a message and what was decided of it.
    func record(_ verdict: Verdict) -> Written {
        guard verdict.plan != nil, let judgement = verdict.judgement else { return .skipped }
        if verdict.isAllowed, judgement.isChange, shared.ports.changeRefusal() != nil {
            shared.counters.unwitnessed.wrappingAdd(1, ordering: .relaxed)
            return .unwitnessed
        }
        let draft = RecordDraft(kind: .command, session: admission.id, body: recordBody(verdict))
        guard !verdict.isAllowed else { return append(draft, judgement) }
        // A refusal has nothing to wait for: it is written at once.
        switch shared.ports.record(draft) {
        case .success(let reference):
            counts.denied.wrappingAdd(1, ordering: .relaxed)
            shared.counters.denied.wrappingAdd(1, ordering: .relaxed)
            return recorded(reference, mustReachDisk: false)
        case .failure(let refusal): return unrecorded(refusal)
        }
    }

    /// Gives the record of an allowed command its place.
    func append(_ draft: RecordDraft, _ judgement: JudgedStatement) -> Written {
        let durability = admission.durability
        switch shared.ports.sequence(draft) {
        case .success(let reference):
            return recorded(
                reference,
                mustReachDisk: judgement.isChange ? durability.changesOnDisk : durability.readsOnDisk
            )
        case .failure(let refusal): return unrecorded(refusal)
        }
    }

    private func recorded(_ reference: RecordReference, mustReachDisk: Bool) -> Written {
        counts.commands.wrappingAdd(1, ordering: .relaxed)
        shared.counters.commands.wrappingAdd(1, ordering: .relaxed)
        return .written(reference, mustReachDisk: mustReachDisk)
    }

    private func unrecorded(_ refusal: RecordRefusal) -> Written {
        shared.counters.unrecorded.wrappingAdd(1, ordering: .relaxed)
        logger.error(
            "a command was refused: its record could not be written",
            metadata: ["cause": "\(refusal.cause)"]
        )
        return .failed
    }

    /// `"command":{…},"decision":{…},"masked":[…]`
    func recordBody(_ verdict: Verdict) -> [UInt8] {
        guard let plan = verdict.plan, let judgement = verdict.judgement else { return [] }
        var body: [UInt8] = []
        let head = head(of: plan)
        body.reserveCapacity(head.count + verdict.parameters.count + judgement.recordTail.count + 2)
        body.append(contentsOf: head)
        if verdict.parameters.isEmpty {
            body.append(0x5B)
            body.append(0x5D)
        } else {
            body.append(contentsOf: verdict.parameters)
        }
        body.append(contentsOf: judgement.recordTail)
        return body
    }

    /// A command was recorded and goes to the target.
    func began(_ verdict: Verdict, _ reference: RecordReference, mustReachDisk: Bool) {
        let command = RunningCommand(number: machine.lastCommand, reference: reference, started: .now())
        // The changes of a text are not those of the statement inside its PREPARE.
        if let plan = verdict.plan, plan.changesSession, verdict.prepared?.inner == nil { command.session = plan }
        command.masked = verdict.masked
        command.isRedacted = literals == .redacted || verdict.plan?.isRedacted == true
        if let judgement = verdict.judgement {
            command.owed = judgement
            if let most = judgement.changeLimit { command.bound(by: most, role: judgement.decision.role) }
        }
        beginDetecting(command, verdict)
        if command.obligations.rowsReturned != nil { boundsRows = true }
        enqueue(command, mustReachDisk: mustReachDisk)
        if let judgement = verdict.judgement { sentDefinitions(of: judgement) }
    }

    /// A command goes out once its record is where it must be.
    func enqueue(_ command: RunningCommand, mustReachDisk: Bool) {
        if heldFrom == nil { heldFrom = command.number }
        running.append(command)
        let index = command.reference.index
        if mustReachDisk {
            awaited.onDisk = index
            loopState.syncSoon(index, for: self)
        } else {
            awaited.written = index
            loopState.writeSoon(index, for: self)
        }
    }

    /// A sync failed: what waits for it must never go. The session may be over by now, and its connection gone.
    func ledgerFailed() {
        guard !isOver else { return }
        end(.ledger)
    }

    /// The message was accepted by the machine: names that it gives are known from here on.
    func accepted(_ verdict: Verdict) {
        switch verdict.kind {
        case .query: raiseBarrier(verdict.plan?.isBarrier == true, verdict.judgement, isQuery: true)
        case .parse:
            guard let prepared = verdict.prepared else { return }
            registry.parsed(verdict.statementName, prepared)
            masks.parsed = verdict.masked?.positions
        case .bind:
            guard let prepared = verdict.prepared else { return }
            let portal = Portal(
                statement: prepared,
                command: machine.lastCommand,
                batch: machine.sendingBatch,
                approved: verdict.approved,
                parameters: verdict.parameters
            )
            registry.bound(verdict.portalName, portal)
        case .execute:
            guard let portal = verdict.portal else { return }
            machine.executeBelongs(to: portal.command)
            // Under another policy than its Bind it may be bounded otherwise.
            if let judgement = verdict.judgement, let most = judgement.changeLimit {
                withCommand(portal.command) { $0.bound(by: most, role: judgement.decision.role) }
            }
            raiseBarrier(portal.statement.isBarrier, verdict.judgement, isQuery: false)
        case .close, .copyData, .copyDone, .copyFail, .describe, .flush, .functionCall, .password, .sync, .terminate:
            break
        }
    }

    func raiseBarrier(_ isBarrier: Bool, _ judgement: JudgedStatement?, isQuery: Bool) {
        let movesSearchPath = judgement?.movesSearchPath ?? true
        let mayUndo = definitions.own != nil && judgement?.mayUndo == true
        guard isBarrier || movesSearchPath || mayUndo || judgement?.changeLimit != nil else { return }
        machine.barrierRaised()
        needsFlushAfterBarrier = !isQuery
        if movesSearchPath {
            pathTouched = true
            forgetSearchPath()
        }
    }

    func forgetSearchPath() {
        searchPath = nil
        forgetJudgements()
    }

    func forgetJudgements() {
        judged.removeAll(keepingCapacity: true)
        masks.forgetTexts()
        judgedGeneration &+= 1
    }

    // MARK: Outcomes

    /// Finds a running command by its number: they are in order, without gaps at the front.
    func withCommand(_ number: UInt32, _ body: (RunningCommand) -> Void) {
        guard number != 0, let first = running.first else { return }
        let guess = running.index(running.startIndex, offsetBy: Int(min(number &- first.number, UInt32(running.count))))
        if guess < running.endIndex, running[guess].number == number {
            body(running[guess])
        } else if let index = running.firstIndex(where: { $0.number == number }) {
            body(running[index])
        }
    }

    /// Everything up to `through` is answered: what is over gets its outcome.
    func settle(through: UInt32, status: TransactionStatus) {
        guard !running.isEmpty else { return }
        for _ in 0..<running.count {
            guard let command = running.popFirst() else { return }
            let isAnswered = command.number <= through
            if !isAnswered || (status == .inTransaction && (command.state == .sent || command.state == .suspended)) {
                running.append(command)
                continue
            }
            writeOutcome(command, isGone: false)
        }
    }

    /// The session is over: what has no answer will never have one.
    func settleAll() {
        while let command = running.popFirst() { writeOutcome(command, isGone: true) }
    }

    private func writeOutcome(_ command: RunningCommand, isGone: Bool) {
        let wasSent = heldFrom.map { command.number < $0 } ?? true
        let elapsed = (NIODeadline.now() - command.started).nanoseconds / 1000
        var outcome = Outcome(status: .ok, rows: command.rows, microseconds: UInt64(max(0, elapsed)))
        switch command.state {
        case .completed, .suspended: break
        case .failed(let error):
            outcome.status = error.hasPrefix("57014") ? .cancelled : .error
            outcome.error = PostgresSession.recorded(error, isRedacted: command.isRedacted && command.limit == nil)
        case .skipped: outcome.status = .skipped
        case .sent: outcome.status = isGone ? (wasSent ? .unknown : .notExecuted) : .skipped
        }
        outcome.maskedColumns = outcome.status == .notExecuted ? 0 : command.maskedColumns
        outcome.limit = command.limit ?? (command.isCancelled ? .statementTime : nil)
        command.detection?.tell(&outcome)
        var json = loopState.takeScratch()
        defer { loopState.giveBack(&json) }
        json.append(upTo: 80) { text in
            text.put("\"of\":\"")
            text.put(command.reference.id)
            text.put("\",\"of_index\":")
            text.put(command.reference.index)
            text.put(",\"outcome\":")
        }
        json.append(outcome)
        let draft = RecordDraft(kind: .outcome, session: admission.id, body: json.bytes)
        if case .failure(let refusal) = shared.ports.recordOutcome(draft) {
            logger.error("an outcome could not be recorded", metadata: ["cause": "\(refusal.cause)"])
        }
    }
}
