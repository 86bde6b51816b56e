/// A signature of a note that was verified.
package struct VerifiedSignature: Hashable, Sendable {
    package let key: NoteVerifierKey
    /// When a witness signed, by its own clock, in seconds since 1970; nil of a log's signature.
    package let time: UInt64?
}
