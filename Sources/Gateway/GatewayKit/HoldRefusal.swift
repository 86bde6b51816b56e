/// Why nobody can be asked about a command: it is then refused.
package struct HoldRefusal: Error, Hashable, Sendable {
    /// In words for the caller.
    package var reason: String
    /// The ledger takes no records: the caller gets its error.
    package var isLedger: Bool

    package init(reason: String, isLedger: Bool = false) {
        self.reason = reason
        self.isLedger = isLedger
    }

    package static let notServed = HoldRefusal(reason: "nobody can be asked")
}
