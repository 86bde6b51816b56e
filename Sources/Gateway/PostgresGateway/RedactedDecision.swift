internal import AccessModel
internal import StatementAnalysis

/// Effects and decisions as a record tells them that holds no literals: an object that is a constant of the text, and
/// words that may quote the text, are taken out.
enum RedactedDecision {
    static func effects(_ effects: [Effect]) -> [Effect] {
        effects.map { effect in
            guard namesConstant(effect) else { return effect }
            var effect = effect
            effect.object = ObjectName(name: RedactedText.parameter)
            return effect
        }
    }

    static func of(_ decision: Decision, _ analysis: Analysis) -> Decision {
        var decision = decision
        if let refusal = analysis.refusal {
            decision.reason = reason(refusal)
        } else if let effect = decision.effect, namesConstant(effect) {
            decision.reason = "role \(decision.role) may not \(effects([effect])[0].sentence)"
        }
        return decision
    }

    /// A file, a program, a transaction's identifier: what stands in quotes in the text.
    private static func namesConstant(_ effect: Effect) -> Bool {
        switch effect.action {
        case .serverFile, .serverProgram, .twoPhase: true
        case .select, .insert, .update, .delete, .truncate, .lock, .create, .alter, .drop, .grant, .execute, .do,
            .maintain, .set, .setRole, .listen, .notify, .administer:
            false
        }
    }

    private static func reason(_ refusal: AnalysisRefusal) -> String {
        switch refusal.code {
        case .syntax: "the text has a syntax error"
        case .tooLong, .notUTF8, .containsNUL, .notUnderstood, .tooDeep, .unknownName: refusal.message
        }
    }
}
