internal import AccessModel
internal import NIOCore
internal import StatementAnalysis

/// A command that went to the target and whose outcome is not recorded yet.
final class RunningCommand {
    enum State: Hashable {
        /// Bound or sent; nothing has come back.
        case sent
        /// A portal that gave some of its rows.
        case suspended
        case completed
        case failed(String)
        /// Passed over by the target.
        case skipped
    }

    let number: UInt32
    let reference: RecordReference
    let started: NIODeadline
    var state = State.sent
    var rows: UInt64?
    /// The plan, for what its completion changes in the session; nil where it changes nothing.
    var session: StatementPlan?
    /// What it was sent as, where masks made it another text.
    var masked: MaskedText?
    /// What was said of it, where anything is owed while it runs.
    var owed: JudgedStatement?
    var obligations: Obligations { owed?.decision.obligations ?? .none }
    /// The most rows that its transaction may change, and the role that says so; nil where it changes none, or they are not
    /// bounded.
    private(set) var changeLimit: Int?
    private(set) var role = ""
    /// The bound that ended it.
    var limit: LimitReached?
    /// What is looked for in its values, and was found; nil where nothing is.
    var detection: Detection?
    /// Masked columns that it reads.
    var maskedColumns: Int { owed?.maskedColumns ?? 0 }
    /// Its record tells no literals.
    var isRedacted = false
    /// Its rows so far, where they are bounded.
    var rowsReturned = 0
    /// The target was asked to end it, for it took too long.
    var isCancelled = false
    /// Statements of a simple query that completed.
    var statementsCompleted = 0

    init(number: UInt32, reference: RecordReference, started: NIODeadline) {
        self.number = number
        self.reference = reference
        self.started = started
    }

    func bound(by most: Int, role: String) {
        changeLimit = min(most, changeLimit ?? most)
        self.role = role
    }
}
