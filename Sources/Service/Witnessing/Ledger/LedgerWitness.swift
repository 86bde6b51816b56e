package import TransparencyLog

/// Somebody who is asked to cosign this ledger's checkpoints.
package struct LedgerWitness: Hashable, Sendable {
    /// As the configuration names it.
    package var name: String
    package var key: NoteVerifierKey
    /// The submission prefix, without a slash at its end.
    package var url: String

    package init(name: String, key: NoteVerifierKey, url: String) {
        self.name = name
        self.key = key
        self.url = String(url.reversed().drop { $0 == "/" }.reversed())
    }

    package var address: String { url + "/add-checkpoint" }
}
