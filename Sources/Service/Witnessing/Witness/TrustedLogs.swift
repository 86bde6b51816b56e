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

    /// Nil for an origin that is not known, byte for byte: two spellings of one letter are two logs.
    package func keys(of origin: String) -> [NoteVerifierKey]? {
        guard let known = keys[origin]?.filter({ $0.name.utf8.elementsEqual(origin.utf8) }), !known.isEmpty else {
            return nil
        }
        return known
    }

    package var origins: [String] { keys.keys.sorted() }
}
