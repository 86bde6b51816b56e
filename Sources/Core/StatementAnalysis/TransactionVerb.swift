/// What a transaction statement does. PREPARE TRANSACTION and its two ends are effects instead (`two_phase`).
package enum TransactionVerb: String, Hashable, Sendable {
    case begin, commit, rollback, savepoint, rollbackToSavepoint, release
}
