/// Why a record could not be written: then its command is not executed.
package struct RecordRefusal: Error, Hashable, Sendable {
    /// For the operator's log; never record content.
    package var cause: String

    package init(cause: String) {
        self.cause = cause
    }
}
