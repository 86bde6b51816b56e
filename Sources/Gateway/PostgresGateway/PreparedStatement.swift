internal import StatementAnalysis

/// A named statement of a session, prepared by the protocol or by SQL's PREPARE: they share their names.
///
/// A class, since it is looked up for each message: what it holds is then retained once and not copied member by member.
final class PreparedStatement {
    let plan: StatementPlan
    /// For one that SQL prepared: the statement inside the PREPARE. Nil for the protocol's: the plan says it.
    let inner: AnalyzedStatement?
    /// The declared types of parameters, by position; 0 where the target infers it.
    let parameterTypes: [UInt32]
    /// The batch that made it, and whether the target has confirmed it.
    let batch: UInt32
    var isConfirmed: Bool
    /// The statements whose effects count when it runs.
    let statements: [AnalyzedStatement]
    /// Whether messages behind its execution wait for the answer: as its text says, where it is the whole of it.
    let isBarrier: Bool
    /// Whether it runs another statement by its name.
    let executesByName: Bool
    /// The text that the target has for it, where masks made it another.
    let maskedText: String?
    /// Its columns, once the target has told them.
    var columns: ResultColumns?
    /// What policy said of it last, and the generation of the session's answers that this belongs to.
    var judgement: JudgedStatement?
    var judgedGeneration: UInt64 = 0

    /// Whether its columns are those that the target described: it refuses a plan with others. What FETCH and EXECUTE give
    /// hangs on the session.
    var hasFixedColumns: Bool {
        inner == nil && statements.count == 1
            && ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"].contains(statements[0].kind)
    }
    var resultColumns: ResultColumns? { columns }

    init(
        plan: StatementPlan,
        inner: AnalyzedStatement?,
        parameterTypes: [UInt32],
        batch: UInt32,
        isConfirmed: Bool,
        maskedText: String? = nil
    ) {
        self.plan = plan
        self.inner = inner
        self.parameterTypes = parameterTypes
        self.batch = batch
        self.isConfirmed = isConfirmed
        self.maskedText = maskedText
        statements = inner.map { [$0] } ?? plan.analysis.statements
        isBarrier = inner == nil && plan.isBarrier
        executesByName = statements.contains { statement in
            statement.session.contains { if case .executes = $0 { true } else { false } }
        }
    }
}
