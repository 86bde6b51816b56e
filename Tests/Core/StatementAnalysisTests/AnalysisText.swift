import AccessModel
import StatementAnalysis

/// An analysis as the lines of a vector: what `Vectors/statements` expects.
func lines(of analysis: Analysis) -> [String] {
    if let refusal = analysis.refusal {
        let place = refusal.position.map { " at \($0)" } ?? ""
        return ["refused: \(refusal.code)\(place)"]
    }
    let all = analysis.statements.flatMap { lines(of: $0) }
    return all.isEmpty ? ["nothing"] : all
}

private func lines(of statement: AnalyzedStatement) -> [String] {
    statement.session.flatMap { lines(of: $0) } + statement.effects.map { line(of: $0) }
}

private func line(of effect: UnresolvedEffect) -> String {
    let text = Effect(action: effect.action, object: effect.object, columns: effect.columns).description
    return effect.kind == .builtin ? "builtin \(effect.object)" : text
}

private func lines(of change: SessionChange) -> [String] {
    switch change {
    case .setsSearchPath(let schemas): ["search_path: \(schemas.map { "\($0)" } ?? "unknown")"]
    case .resetsSession: ["resets session"]
    case .setsStamp: ["sets stamp"]
    case .prepares(let name, let statement): ["prepares \(name)"] + lines(of: statement).map { "prepared: \($0)" }
    case .executes(let name): ["executes \(name)"]
    case .deallocates(let name): ["deallocates \(name ?? "all")"]
    case .transaction(let verb): ["transaction \(verb)"]
    }
}
