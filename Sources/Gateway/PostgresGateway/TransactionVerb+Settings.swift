internal import StatementAnalysis

extension TransactionVerb {
    /// Whether it can give a setting back the value that it had before: COMMIT does so for SET LOCAL, and as the end of a
    /// transaction that failed.
    var mayRestoreSettings: Bool {
        switch self {
        case .commit, .rollback, .rollbackToSavepoint: true
        case .begin, .savepoint, .release: false
        }
    }
}
