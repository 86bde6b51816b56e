/// The bounds of what a record holds itself. What is longer is kept content-addressed and named by its SHA-256.
package enum RecordLimits {
    /// Bytes of one record (a tlog entry has a 16-bit length).
    package static let record = 65_535
    /// Bytes of a statement's text, as JSON, that a record holds itself.
    package static let text = 24_576
    /// Bytes of all parameters, as JSON, that a record holds itself.
    package static let parameters = 24_576
}
