internal import AccessModel
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// `limit: {rows_changed: N}`: no transaction commits in which more rows were changed.
///
/// Nothing follows a change to the target before its count is known (a barrier), so whatever commits, commits what was
/// counted. A change that would commit by itself at the end of its query runs in a transaction that the gateway opens and
/// ends around it. In the extended protocol the client's Sync commits, which waits, as everything does, for the count.
extension PostgresSession {
    // MARK: Decisions

    /// The decision where it would bound what cannot be counted.
    func countable(_ decision: Decision, _ resolution: EffectResolution) -> Decision {
        guard decision.outcome != .deny, decision.obligations.rowsChanged != nil,
            let problem = CountedChange.problem(resolution.run)
        else { return decision }
        return denied(decision, problem)
    }

    private func denied(_ decision: Decision, _ problem: String) -> Decision {
        Decision(
            outcome: .deny,
            role: decision.role,
            grant: decision.grant,
            policy: decision.policy,
            reason: "under the limit rows_changed role \(decision.role) may not run \(problem)",
            obligations: Obligations(literals: decision.obligations.literals)
        )
    }

    /// An Execute of some rows: of a change they are all changed by then, and only the last Execute would say how many.
    func refusePartOfChange(_ verdict: Verdict) {
        guard verdict.isAllowed, let judgement = verdict.judgement, judgement.changeLimit != nil,
            let plan = verdict.plan
        else { return }
        let decision = denied(judgement.decision, "a change whose rows are fetched in parts")
        verdict.judgement = self.judgement(
            decision,
            nil,
            plan,
            isChange: true,
            validUntil: Timestamp(microseconds: 0)
        )
        verdict.refusal = refusal(decision, sqlState: "42501")
    }

    // MARK: Before a change goes out

    /// Whether a query must wait: until it is known whether it would commit by itself, and if so until BEGIN was answered.
    func waitsForBracket(_ verdict: Verdict) -> Bool {
        guard verdict.kind == .query, verdict.isAllowed, verdict.judgement?.changeLimit != nil else { return false }
        switch changes.bracket {
        case .open: return false
        case .failed:
            changes.bracket = .none
            let sqlState = changes.failure.map { PostgresSession.sqlState(of: $0) } ?? "40000"
            changes.failure = nil
            verdict.refusal = PostgresSession.error(
                sqlState,
                "countersign: not executed: no transaction could be opened that keeps the limit rows_changed"
            )
            return false
        case .opening, .closing: break
        case .none:
            if machine.isIdle, machine.status != .idle { return false }
            hold.keepsBatch = false
            emptyOutbox()
            if machine.isBatchOpen { toTarget(Poison.flush) }
            if openBracket() { changes.bracket = .opening }
            flushTarget()
        }
        readyPlan = verdict.plan
        return true
    }

    private static func sqlState(of message: ByteBuffer) -> String {
        var body = message
        body.moveReaderIndex(forwardBy: FrameHeader.size)
        return ErrorFields(body: body).sqlState
    }

    private func openBracket() -> Bool {
        guard machine.bracketSent() else { return false }
        toTarget(PostgresSession.message(.query) { $0.writeNullTerminated("BEGIN") })
        return true
    }

    // MARK: What the target answers

    /// A command of the session was answered; true when its CommandComplete may go to the client now.
    func passes(
        _ kind: BackendKind,
        _ number: UInt32,
        _ body: ByteBuffer,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) -> Bool {
        guard kind == .commandComplete else { return true }
        if CommandTag.isCommit(body) { changes.rows = 0 }
        count(body, number)
        let isQuery = machine.isAnsweringQuery
        guard isQuery || changes.excess != nil else { return true }
        guard isQuery else {
            refuseAfterwards(sync: false)
            return false
        }
        guard changes.bracket == .open || changes.excess != nil else { return true }
        passRun(&buffer, &run)
        changes.held = PostgresSession.completion(body)
        return false
    }

    private static func completion(_ body: ByteBuffer) -> ByteBuffer {
        var message = ByteBuffer()
        message.writeMessage(BackendKind.commandComplete.rawValue) { $0.writeImmutableBuffer(body) }
        return message
    }

    private func count(_ body: ByteBuffer, _ number: UInt32) {
        guard changes.excess == nil, let rows = CommandTag.changedRows(body) else { return }
        withCommand(number) { command in
            guard let most = command.changeLimit else { return }
            changes.rows &+= rows
            guard changes.rows > UInt64(most) else { return }
            let words = "may change at most \(most) rows in one transaction"
            let message =
                "countersign: denied: role \(command.role) \(words), and this one changed \(changes.rows): it is "
                + "rolled back (record \(command.reference.id))"
            changes.excess = (number, ErrorFields(severity: "ERROR", sqlState: "54000", message: message))
        }
    }

    /// The transaction fails: by a poison behind what it has done.
    private func refuseAfterwards(sync: Bool) {
        guard let excess = changes.excess else { return }
        fail(excess)
        machine.refusedAfterwards(sync: sync)
        refusals.append(excess.refusal)
        toTarget(Poison.message(sync: sync, refusal: excess.refusal))
        if !sync { toTarget(Poison.flush) }
        flushTarget()
    }

    private func fail(_ excess: (command: UInt32, refusal: ErrorFields)) {
        withCommand(excess.command) { command in
            command.state = .failed("\(excess.refusal.sqlState): \(excess.refusal.message)")
            command.limit = .rowsChanged
        }
        changes.excess = nil
        changes.held = nil
    }

    /// A completion that was held goes before whatever comes behind it; an error tells of the same statement's end.
    func passHeld(before kind: BackendKind, _ buffer: inout ByteBuffer, _ run: inout Int) {
        switch kind {
        case .readyForQuery, .noticeResponse, .notificationResponse, .parameterStatus: return
        default: break
        }
        // What comes while the transaction ends is about that.
        if case .closing = changes.bracket { return }
        release(&buffer, &run)
    }

    private func release(_ buffer: inout ByteBuffer, _ run: inout Int) {
        guard let held = changes.held else { return }
        changes.held = nil
        passRun(&buffer, &run)
        toClient(held)
    }

    /// The client's query is answered; true when that is the end of it, and the client may be told.
    func endsBracket(
        _ status: TransactionStatus,
        through: UInt32,
        _ buffer: inout ByteBuffer,
        _ run: inout Int
    ) -> Bool {
        if changes.bracket == .open, status != .idle {
            let isKept = status == .inTransaction && changes.excess == nil
            if status == .failed { changes.excess = nil }
            guard machine.bracketSent() else { return endLost() }
            changes.bracket = .closing(through: through)
            toTarget(PostgresSession.message(.query) { $0.writeNullTerminated(isKept ? "COMMIT" : "ROLLBACK") })
            flushTarget()
            return false
        }
        changes.bracket = changes.bracket == .open ? .none : changes.bracket
        if changes.excess != nil, status == .inTransaction {
            refuseAfterwards(sync: true)
            return false
        }
        changes.excess = nil
        release(&buffer, &run)
        return true
    }

    /// It cannot be: behind a bracket's query nothing is outstanding. The target takes back what is open.
    private func endLost() -> Bool {
        end(.targetViolation(FrameError(code: .unexpected, type: BackendKind.readyForQuery.rawValue)))
        return false
    }

    /// The target answers what the gateway sent; never for the client.
    func bracketTold(_ kind: BackendKind, _ header: FrameHeader, _ body: ByteBuffer) -> Bool {
        guard kind == .errorResponse else { return false }
        var message = ByteBuffer()
        if let withheld = withheld(kind, header, body, positions: nil) {
            message = withheld
        } else if body.readableBytes == header.bodyLength {
            message.writeMessage(kind.rawValue) { $0.writeImmutableBuffer(body) }
        } else {
            ErrorFields(body: body).write(type: kind, into: &message)
        }
        changes.failure = message
        return false
    }

    /// True when the target's ReadyForQuery is the one that the client waits for.
    func bracketAnswered(_ status: TransactionStatus, _ buffer: inout ByteBuffer, _ run: inout Int) -> Bool {
        guard case .closing(let through) = changes.bracket else {
            changes.bracket = status == .inTransaction && changes.failure == nil ? .open : .failed
            return false
        }
        changes.bracket = .none
        passRun(&buffer, &run)
        if let failure = changes.failure {
            changes.held = nil
            toClient(failure)
            var body = failure
            body.moveReaderIndex(forwardBy: FrameHeader.size)
            batchFailed(through: through, body)
        } else if let excess = changes.excess {
            var message = ByteBuffer()
            excess.refusal.write(type: .errorResponse, into: &message)
            toClient(message)
            fail(excess)
        } else {
            release(&buffer, &run)
        }
        changes.failure = nil
        becameReady(status, through: through)
        return true
    }
}
