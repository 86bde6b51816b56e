package import AccessModel

/// A session as the index knows it: the records of its beginning and its end.
package struct IndexedSession: Hashable, Sendable {
    package enum End: Hashable, Sendable {
        case none
        /// Its own record, `session.closed`.
        case closed([UInt8])
        /// Its gateway ended, or another began, without a word of it.
        case lost
    }

    /// The index's own number: it grows with the order in which sessions began, and is another after the index was made again.
    package var number: UInt64
    package var id: ULID
    /// The record of its beginning.
    package var opened: [UInt8]
    package var end: End
}
