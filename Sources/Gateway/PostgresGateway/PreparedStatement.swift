internal import StatementAnalysis

/// A named statement of a session, prepared by the protocol or by SQL's PREPARE: they share their names.
struct PreparedStatement {
    var plan: StatementPlan
    /// For one that SQL prepared: the statement inside the PREPARE. Nil for the protocol's: the plan says it.
    var inner: AnalyzedStatement?
    /// The declared types of parameters, by position; 0 where the target infers it.
    var parameterTypes: [UInt32]
    /// The batch that made it, and whether the target has confirmed it.
    var batch: UInt32
    var isConfirmed: Bool

    /// The statements whose effects count when it runs.
    var statements: [AnalyzedStatement] {
        inner.map { [$0] } ?? plan.analysis.statements
    }

    /// Whether messages behind its execution wait for the answer: as its text says, where it is the whole of it.
    var isBarrier: Bool { inner == nil && plan.isBarrier }

    /// Whether it runs another statement by its name.
    var executesByName: Bool {
        statements.contains { $0.session.contains { if case .executes = $0 { true } else { false } } }
    }
}
