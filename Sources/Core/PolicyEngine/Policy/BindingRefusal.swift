/// Why an identity that was verified got no session.
package struct BindingRefusal: Error, Hashable, Sendable {
    /// In the order of the checks.
    package enum Code: Int, Hashable, Sendable, Comparable {
        /// No binding matches, or not the one of the role that was asked for.
        case notBound
        /// The owner has left.
        case stopped
        case expired
        /// Outside of the role's days and hours.
        case window
        case source
        case provenance
        case justification
        /// There is no such target, or the role has no grant on it: the caller does not learn which.
        case target
        case database

        package static func < (left: Code, right: Code) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    package var code: Code
    /// For the record, and where `isVisible` for the caller. Safe to print: names of the configuration, and bounded
    /// pieces of what the caller sent as user and database.
    package var reason: String
    /// Whether the caller may be told: the identity matches the binding of at least one role.
    package var isVisible: Bool

    package init(code: Code, reason: String, isVisible: Bool) {
        self.code = code
        self.reason = reason
        self.isVisible = isVisible
    }
}
