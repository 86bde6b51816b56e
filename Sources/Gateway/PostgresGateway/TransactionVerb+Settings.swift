internal import StatementAnalysis

extension TransactionVerb {
    /// Whether it can give a setting back the value that it had before.
    var mayRestoreSettings: Bool {
        switch self {
        case .rollback, .rollbackToSavepoint: true
        case .begin, .commit, .savepoint, .release: false
        }
    }
}
