/// Why the index cannot serve. It may always be deleted: it is made again from the ledger.
package struct LedgerIndexError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    init(_ description: String) {
        self.description = description
    }
}
