/// What is done when a detector finds something in a value.
package enum DetectorResponse: String, Hashable, Sendable, CaseIterable {
    /// The record says that it was there.
    case report
    /// It is taken out of the value, and the record says so.
    case redact
}
