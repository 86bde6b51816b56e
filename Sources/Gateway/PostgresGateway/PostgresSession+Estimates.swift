internal import AccessModel
internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// How many rows the target's planner expects a held statement to reach: asked for before people are, where that is safe.
extension PostgresSession {
    /// Asks the target; false where it is not asked, or has been. The statement is planned and not run.
    func startEstimate(_ verdict: Verdict, _ judgement: JudgedStatement) -> Bool {
        guard case .unasked = hold.estimate, let text = estimable(verdict, judgement), machine.status == .idle,
            mayProbe, clientStream.left == 0, machine.probeSent()
        else { return false }
        hold.estimate = .asking
        probe.beginEstimate()
        var buffer = ByteBuffer()
        let question = ProbeReader.estimateQuestion(text)
        buffer.writeMessage(FrontendKind.query.rawValue) { $0.writeNullTerminated(question) }
        toTarget(buffer)
        flushTarget()
        return true
    }

    func estimateAnswered() {
        hold.estimate = .known(probe.estimate)
        probe.end()
    }

    /// Planning evaluates constant calls, so none of a function that policy knows as one may be in it; and a statement that is
    /// sent in other words, or with parameters, is another one.
    private func estimable(_ verdict: Verdict, _ judgement: JudgedStatement) -> String? {
        guard let plan = verdict.plan, verdict.isAllowed, judgement.masked.isEmpty, verdict.rewritten == nil,
            plan.analysis.refusal == nil, plan.analysis.statements.count == 1,
            let statement = plan.analysis.statements.first, plan.text.count <= RecordLimits.text,
            verdict.parameters.isEmpty || verdict.parameters.elementsEqual("[]".utf8),
            ["SELECT", "INSERT", "UPDATE", "DELETE"].contains(statement.kind), statement.session.isEmpty,
            !judgement.definesObjects, !judgement.movesSearchPath
        else { return nil }
        let isPlain = judgement.effects.allSatisfy { effect in
            switch effect.action {
            case .select, .insert, .update, .delete: true
            case .truncate, .lock, .execute, .create, .alter, .drop, .grant, .maintain, .set, .setRole, .listen,
                .notify,
                .do, .serverFile, .serverProgram, .administer, .twoPhase:
                false
            }
        }
        return isPlain ? String(validating: plan.text, as: UTF8.self) : nil
    }
}
