internal import AccessModel
internal import GatewayKit
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// Messages that wait for people. A held message stays at the front of the client's bytes, undecided; nothing behind it
/// is judged, and nothing of its batch has gone out.
extension PostgresSession {
    /// Settles a verdict that policy holds. True while its message has to wait. An approval lets exactly that message
    /// pass, once; everything else that is held is refused here.
    func waitsForApproval(_ verdict: Verdict) -> Bool {
        guard let judgement = verdict.judgement, judgement.isHeld, verdict.isAllowed else { return false }
        switch verdict.kind {
        // Nothing runs yet: its Bind waits.
        case .parse: return false
        case .execute:
            if let portal = verdict.portal, portal.isApproved(as: canonical(verdict, portal.parameters)) {
                return false
            }
            verdict.refusal = holdRefusal(judgement.decision, Self.changedReason)
            return false
        case .query, .bind: return settleHold(verdict, judgement)
        case .close, .copyData, .copyDone, .copyFail, .describe, .flush, .functionCall, .password, .sync, .terminate:
            verdict.refusal = holdRefusal(judgement.decision, "it cannot be approved")
            return false
        }
    }

    private static let changedReason = "it is not what was approved"

    private func settleHold(_ verdict: Verdict, _ judgement: JudgedStatement) -> Bool {
        let canonical = canonical(verdict, verdict.parameters)
        switch hold.step {
        case .none: return startEstimate(verdict, judgement) || ask(verdict, judgement, canonical)
        case .asking, .waiting: return true
        case .cancelled(let ticket):
            refuse(verdict, judgement, ticket, "the client cancelled it")
            verdict.refusal = ErrorFields(
                severity: "ERROR",
                sqlState: "57014",
                message: "countersign: canceling statement due to user request: it waited for approval \(ticket.id)"
            )
            return false
        case .answered(let ticket, .refused(let reason), _):
            refuse(verdict, judgement, ticket, reason)
            return false
        case .answered(let ticket, .approved(let approval), let approved):
            if !hold.isRefreshed, startProbe(readsCatalog: true) {
                hold.isRefreshed = true
                return true
            }
            guard approved == canonical else {
                refuse(
                    verdict,
                    judgement,
                    ticket,
                    "it is not what was approved: names, policy or masks changed meanwhile"
                )
                return false
            }
            approve(verdict, judgement, approval, canonical)
            return false
        }
    }

    private func ask(_ verdict: Verdict, _ judgement: JudgedStatement, _ canonical: [UInt8]) -> Bool {
        // Nobody approves what they are not shown, and a command whose literals no record tells is not shown.
        guard literals == .exact else {
            verdict.refusal = holdRefusal(judgement.decision, "its role's literals are not shown to anybody")
            return false
        }
        hold.isRefreshed = false
        hold.step = .asking(canonical: canonical)
        let bound = NIOLoopBound(self, eventLoop: loop)
        let command = heldCommand(verdict, judgement, verdict.parameters)
        let held = shared.ports.hold(command, judgement.decision.approvals) { [loop] answer in
            loop.execute { bound.value.holdAnswered(answer) }
        }
        switch held {
        case .failure(let refusal):
            hold.step = .none
            guard refusal.isLedger else {
                verdict.refusal = holdRefusal(judgement.decision, refusal.reason)
                return false
            }
            verdict.refusal = PostgresSession.unrecorded
            return false
        case .success(let ticket):
            hold.step = .waiting(ticket, canonical: canonical)
            isWaitingForJob = true
            if !ticket.isPreapproved { tellHold(ticket, judgement.decision) }
            return true
        }
    }

    private func tellHold(_ ticket: HoldTicket, _ decision: Decision) {
        let approvers = decision.approvals.map { terms in
            "\(terms.quorum) of \(terms.approvers.map(\.description).joined(separator: ", "))"
        }
        var buffer = ByteBuffer()
        ErrorFields(
            severity: "NOTICE",
            sqlState: "00000",
            message: "countersign: held: \(decision.reason ?? "it needs an approval") (approval \(ticket.id))",
            detail: "It waits until \(ticket.expires) for \(approvers.joined(separator: ", and for ")).",
            hint: ticket.link ?? "countersign approvals show \(ticket.id)"
        ).write(type: .noticeResponse, into: &buffer)
        toClient(buffer)
        flushClient()
    }

    /// Somebody answered, or the time is up.
    func holdAnswered(_ answer: HoldAnswer) {
        guard !isOver, case .waiting(let ticket, let canonical) = hold.step else { return }
        goOn(.answered(ticket, answer, canonical: canonical))
    }

    /// The client asked for the end of what it waits for.
    func cancelHold() {
        guard !isOver, case .waiting(let ticket, _) = hold.step else { return }
        shared.ports.withdraw(ticket.id, .cancelled)
        goOn(.cancelled(ticket))
    }

    /// The session is over: nobody waits any more.
    func withdrawHold(_ why: HoldEnd) {
        switch hold.step {
        case .waiting(let ticket, _): shared.ports.withdraw(ticket.id, why)
        // Answered, and not carried out: it never will be.
        case .answered(let ticket, _, _) where ticket.isPreapproved: shared.ports.withdraw(ticket.id, why)
        case .none, .asking, .answered, .cancelled: return
        }
        hold.step = .none
    }

    private func goOn(_ step: HoldState.Step) {
        hold.step = step
        isWaitingForJob = false
        resumeClient()
        flushTarget()
        flushClient()
    }

    // MARK: What an approval is bound to

    private func canonical(_ verdict: Verdict, _ parameters: [UInt8]) -> [UInt8] {
        guard let judgement = verdict.judgement else { return [] }
        return heldCommand(verdict, judgement, parameters).canonical(expires: Timestamp(microseconds: 0))
    }

    private func heldCommand(_ verdict: Verdict, _ judgement: JudgedStatement, _ parameters: [UInt8]) -> HeldCommand {
        HeldCommand(
            session: admission.id,
            principal: admission.principal,
            roles: admission.roles,
            role: judgement.decision.role,
            grant: judgement.decision.grant,
            policy: judgement.decision.policy,
            target: admission.target.name,
            database: admission.database,
            user: admission.credentialUser,
            searchPath: pathNow?.schemas ?? [],
            catalog: catalog?.version ?? 0,
            text: String(decoding: verdict.plan?.text ?? [], as: UTF8.self),
            parameters: parameters.isEmpty ? Array("[]".utf8) : parameters,
            effects: judgement.effects,
            obligations: judgement.decision.obligations,
            recorded: recordBody(verdict),
            identityMembers: admission.identityMembers,
            requesters: admission.requesters,
            reason: admission.reason,
            isInTransaction: machine.status != .idle,
            statements: verdict.plan?.analysis.statements.count ?? 0,
            commit: admission.commit,
            estimatedRows: hold.estimatedRows
        )
    }

    private func approve(
        _ verdict: Verdict,
        _ judgement: JudgedStatement,
        _ approval: ApprovalReference,
        _ canonical: [UInt8]
    ) {
        var decision = judgement.decision
        decision.outcome = .allow
        decision.reason = nil
        verdict.approved = canonical
        settle(verdict, judgement, decision, Self.member(approval))
        // What it owes was looked at for what policy allows, which this was not.
        if let settled = verdict.judgement { watch(settled) }
    }

    private func refuse(_ verdict: Verdict, _ judgement: JudgedStatement, _ ticket: HoldTicket, _ reason: String) {
        var decision = judgement.decision
        decision.outcome = .deny
        decision.reason = "\(judgement.decision.reason ?? "it needs an approval"): \(reason)"
        settle(verdict, judgement, decision, Self.refused(ticket.id))
        // It did not run: what was taken of a change set for it is given back.
        if ticket.isPreapproved { shared.ports.withdraw(ticket.id, .changed) }
        verdict.refusal = holdRefusal(decision, nil)
    }

    private func settle(
        _ verdict: Verdict,
        _ judgement: JudgedStatement,
        _ decision: Decision,
        _ approval: [UInt8]
    ) {
        guard let plan = verdict.plan else { return }
        let tail = recordTail(decision, judgement.effects, plan, judgement.masked)
        verdict.judgement = judgement.settled(decision, recordTail: tail + Array(",\"approval\":".utf8) + approval)
    }

    private static func member(_ approval: ApprovalReference) -> [UInt8] {
        var json = JSONBytes(reserving: 160)
        json.append(approval)
        return json.bytes
    }

    /// `{"id":"01J…","state":"refused"}`
    private static func refused(_ id: ULID) -> [UInt8] {
        var json = JSONBytes(reserving: 64)
        json.appendRaw("{")
        json.member("id")
        json.append(id.description)
        json.member("state")
        json.append("refused")
        json.appendRaw("}")
        return json.bytes
    }

    private func holdRefusal(_ decision: Decision, _ reason: String?) -> ErrorFields {
        let words = [decision.reason, reason].compactMap(\.self).joined(separator: ": ")
        return ErrorFields(severity: "ERROR", sqlState: "42501", message: "countersign: denied: \(words)")
    }

    // MARK: The batch

    /// A batch of extended queries goes out whole where policy may hold a part of it, up to what may be parked.
    func noteBatch(_ kind: FrontendKind) {
        switch kind {
        case .parse, .bind, .execute, .describe, .close:
            hold.keepsBatch = outboxBytes < PostgresSession.parkingLimit / 2
        case .sync, .flush, .query: hold.keepsBatch = false
        case .copyData, .copyDone, .copyFail, .functionCall, .password, .terminate: break
        }
    }

    /// What is kept goes when its batch has been judged, and when nothing more can be judged before it is answered.
    func releaseBatch() {
        guard !outbox.isEmpty, !hold.isWaiting else { return }
        if !hold.mayHold || machine.isBlocked || outboxBytes >= PostgresSession.parkingLimit / 2 {
            hold.keepsBatch = false
        }
        emptyOutbox()
    }
}
