package import TransparencyLog

/// What somebody has from elsewhere and holds a ledger against.
package struct VerificationAnchors: Sendable {
    /// A checkpoint that was seen earlier.
    package struct Earlier: Sendable {
        /// How findings call it.
        package var name: String
        package var note: [UInt8]

        package init(name: String, note: [UInt8]) {
            self.name = name
            self.note = note
        }
    }

    /// A key of the ledger that is trusted; nil trusts the ledger's own list.
    package var key: NoteVerifierKey?
    package var earlier: [Earlier]
    /// The lock's file; nil looks at none.
    package var lock: String?

    package init(key: NoteVerifierKey? = nil, earlier: [Earlier] = [], lock: String? = nil) {
        self.key = key
        self.earlier = earlier
        self.lock = lock
    }
}
