/// What a ledger is named, and where it keeps what must not be rolled back with it.
package struct LedgerIdentity: Hashable, Sendable {
    /// The log's name, which checkpoints begin with and its key is named by.
    package var origin: String
    /// The folder with `ledger.key`: `DATA/keys`. Made (0700) where there is none.
    package var keys: String
    /// The file with the last signed checkpoint. Best on another disk than the ledger, and in no backup.
    package var lock: String

    package init(origin: String, keys: String, lock: String? = nil) {
        self.origin = origin
        self.keys = keys
        self.lock = lock ?? keys + "/ledger.lock"
    }
}
