import AccessModel
import TransparencyLog

/// The keys of a ledger, each handed over by the one before it.
struct KeyChain {
    /// The keys as the ledger lists them.
    let listed: [NoteVerifierKey]
    /// Those that the records account for: the first, and what each rotation brought, with the record that says it.
    private(set) var keys: [(key: NoteVerifierKey, since: UInt64)] = []

    init(_ listed: [NoteVerifierKey]) {
        self.listed = listed
        if let first = listed.first { keys = [(first, 0)] }
    }

    /// Nil where the record hands over from the key in use to the next.
    mutating func rotate(_ record: JSONMembers, at index: UInt64) -> String? {
        guard let rotation = KeyRotation(record) else { return "the new key is not signed for by the old one" }
        guard rotation.from == keys.last?.key else { return "the key that hands over is not the one in use" }
        keys.append((rotation.to, index))
        return nil
    }

    /// Nil where this key may have signed a checkpoint of this size: it was in use, and not yet replaced.
    func fault(of key: NoteVerifierKey, signing size: UInt64) -> String? {
        guard let place = keys.firstIndex(where: { $0.key == key }) else {
            return "it is signed by a key that no record hands over to"
        }
        let isReplaced = place + 1 < keys.count && size > keys[place + 1].since + 1
        return isReplaced ? "it is signed by a key that was replaced before" : nil
    }
}
