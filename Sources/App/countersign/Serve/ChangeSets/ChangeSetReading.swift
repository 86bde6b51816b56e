internal import AccessModel
internal import Approvals
internal import PolicyEngine
internal import PostgresGateway
internal import StatementAnalysis

/// A script, statement by statement, as the policy in force sees it for one role and target.
struct ChangeSetReading {
    private(set) var statements: [ChangeSetStatement] = []
    /// What it takes to run them, all of it.
    private(set) var terms: [ApprovalTerms] = []

    private let policy: PolicySet
    private let role: String
    private let target: String
    private let now: Timestamp
    private let analyzer: StatementAnalyzer

    /// Throws one line that says which statement nobody could approve, and why. Parses: needs a deep stack for long texts.
    init(_ sql: String, role: String, target: String, policy: PolicySet, at now: Timestamp) throws(Failure) {
        self.policy = policy
        self.role = role
        self.target = target
        self.now = now
        analyzer = StatementAnalyzer(limits: AnalysisLimits(text: policy.configuration.limits.statementBytes))
        let whole = analyzer.analyze(sql)
        if let refusal = whole.refusal { throw Failure("the script: \(refusal.message)") }
        guard (1...ChangeSet.mostStatements).contains(whole.statements.count) else {
            throw Failure(
                "the script has \(whole.statements.count) statements: 1 to \(ChangeSet.mostStatements) make a set"
            )
        }
        let bytes = Array(sql.utf8)
        for statement in whole.statements {
            try take(String(decoding: bytes[statement.range.clamped(to: 0..<bytes.count)], as: UTF8.self))
        }
        try check()
    }

    private mutating func take(_ piece: String) throws(Failure) {
        let number = statements.count + 1
        guard let canonical = CanonicalText.of(piece) else { throw Failure("statement \(number) cannot be read") }
        guard !CanonicalText.hasParameters(piece) else {
            throw Failure("statement \(number) has parameters ($1): write their values into it")
        }
        // Alone, as a session may send it: what a statement before it prepared does not count.
        let preview = StatementPreview(analyzer.analyze(piece), in: ChangeSetReading.path(piece))
        if let denial = preview.denial { throw Failure("statement \(number): \(denial)") }
        let decision = policy.decide(
            AccessRequest(roles: [role], target: target, effects: preview.effects, at: now, servesMasks: true)
        )
        if decision.obligations.rowsChanged != nil, let uncounted = preview.uncounted {
            throw Failure("statement \(number): under the limit rows_changed: \(uncounted)")
        }
        guard decision.obligations.literals == .exact else {
            throw Failure("role \(role): its literals are shown to nobody, so nobody can approve them")
        }
        switch decision.outcome {
        case .deny: throw Failure("statement \(number): \(decision.reason ?? "it is denied")")
        case .hold:
            guard !decision.approvals.isEmpty else {
                throw Failure("statement \(number): \(decision.reason ?? "its grant names nobody who may approve")")
            }
            for term in decision.approvals where !terms.contains(term) { terms.append(term) }
        case .allow: break
        }
        statements.append(
            ChangeSetStatement(
                text: ChangeSetReading.trimmed(piece),
                canonical: canonical,
                effects: preview.effects.map { ChangeSetStatement.ShownEffect($0) },
                needsApproval: decision.outcome == .hold
            )
        )
    }

    private func check() throws(Failure) {
        guard statements.contains(where: \.needsApproval) else {
            throw Failure("policy holds none of these statements for role \(role): they need no approval")
        }
        var json = JSONBytes()
        for statement in statements {
            json.append(statement.text)
            for effect in statement.effects { json.append([effect.action, effect.object] + (effect.columns ?? [])) }
        }
        guard json.bytes.count <= ChangeSet.mostBytes else {
            throw Failure(
                "the set has \(json.bytes.count) bytes with its effects, of at most \(ChangeSet.mostBytes): split it"
            )
        }
    }

    /// Names without a schema are looked up where a session looks that set no search path. What a session then means by them
    /// is compared with what is shown here.
    private static func path(_ piece: String) -> SearchPath {
        let words = piece.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        let catalog = Set(words.filter { $0.hasPrefix("pg_") }.map(String.init))
        return SearchPath(schemas: ["pg_catalog", "public"], catalogRelations: catalog)
    }

    private static func trimmed(_ piece: String) -> String {
        let rest = piece.drop(while: \.isWhitespace)
        return String(String(rest.reversed().drop(while: \.isWhitespace)).reversed())
    }
}
