package import AccessModel
package import TransparencyLog

/// The handing over from one key of a ledger to the next: a note that the old one signed, in a record.
///
/// The note's text is three lines: `countersign key rotation v1`, the origin, the new verifier key. Nobody without the old
/// key can name a new one.
package struct KeyRotation: Hashable, Sendable {
    package let from: NoteVerifierKey
    package let to: NoteVerifierKey
    private let note: SignedNote

    private static let title = "countersign key rotation v1"

    init(from signer: NoteSigner, to key: NoteVerifierKey) throws(NoteError) {
        from = signer.key
        to = key
        let text = Array("\(KeyRotation.title)\n\(key.name)\n\(key.text)\n".utf8)
        var note = try SignedNote(text: text)
        try note.add(try signer.signature(of: text))
        self.note = note
    }

    /// Reads `"rotation":{"from":…,"to":…,"note":…}` of a record; nil unless the key `from` signed for `to`.
    package init?(_ record: JSONMembers) {
        guard let rotation = record.object("rotation"),
            let from = rotation.string("from").flatMap({ try? NoteVerifierKey($0) }),
            let to = rotation.string("to").flatMap({ try? NoteVerifierKey($0) }),
            let note = rotation.string("note").flatMap({ try? SignedNote(Array($0.utf8)) }),
            note.text == Array("\(KeyRotation.title)\n\(from.name)\n\(to.text)\n".utf8), to.name == from.name,
            let signatures = try? note.signatures(by: [from]), signatures.count == 1
        else { return nil }
        (self.from, self.to, self.note) = (from, to, note)
    }

    /// Whether the last of a ledger's records hands over to the key that lies prepared.
    static func isLast(
        of records: UInt64,
        _ identity: LedgerIdentity,
        _ layout: LedgerLayout,
        _ files: FileOperations
    ) throws(LedgerError) -> Bool {
        guard records > 0, let next = try LedgerKeys(identity, layout, files).prepared(origin: identity.origin) else {
            return false
        }
        var cursor = LedgerCursor(layout: layout, position: nil, skippingBelow: records - 1)
        guard let line = try cursor.next()?.line, let record = JSONMembers(line),
            record.string("kind") == RecordKind.keyRotated.rawValue
        else { return false }
        return KeyRotation(record)?.to == next
    }

    /// The record's members.
    var body: [UInt8] {
        var json = JSONBytes()
        json.appendRaw("\"rotation\":{\"from\":")
        json.append(from.text)
        json.appendRaw(",\"to\":")
        json.append(to.text)
        json.appendRaw(",\"note\":")
        json.append(String(decoding: note.bytes, as: UTF8.self))
        json.appendRaw("}")
        return json.bytes
    }
}
