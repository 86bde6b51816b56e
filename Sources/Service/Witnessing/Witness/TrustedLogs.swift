package import TransparencyLog

/// The logs that a witness knows: their keys, by origin. A log may have several while its key changes.
package struct TrustedLogs: Hashable, Sendable {
    private var keys: [String: [NoteVerifierKey]] = [:]

    /// Throws `NoteError.unsupportedKey` for a key that is no log's.
    package init(_ keys: [NoteVerifierKey]) throws(NoteError) {
        for key in keys {
            guard key.algorithm == .ed25519 else { throw .unsupportedKey(type: key.algorithm.rawValue) }
            guard self.keys[key.name]?.contains(key) != true else { continue }
            self.keys[key.name, default: []].append(key)
        }
    }

    package func keys(of origin: String) -> [NoteVerifierKey]? { keys[origin] }

    package var origins: [String] { keys.keys.sorted() }
}
