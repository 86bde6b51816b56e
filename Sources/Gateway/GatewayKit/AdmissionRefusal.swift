/// Why a client was not let in, as far as it may know. The record says the rest.
package struct AdmissionRefusal: Error, Hashable, Sendable {
    package var sqlState: String
    /// Without the prefix.
    package var message: String
    package var hint: String?

    package init(sqlState: String, message: String, hint: String? = nil) {
        self.sqlState = sqlState
        self.message = message
        self.hint = hint
    }
}
