import AccessModel
package import TransparencyLog

extension Ledger {
    /// Puts a new key in the place of the ledger's: a record that the old one signs names it, a checkpoint of the old one
    /// covers the record, and only then the new one is in use. The ledger is closed afterwards; the next one that opens it
    /// signs with the new key. After a crash anywhere on the way the ledger opens for this alone, and this goes on.
    package func rotateKey() throws(LedgerError) -> NoteVerifierKey {
        let keys = LedgerKeys(identity, layout, files)
        let next = try keys.prepare(origin: identity.origin)
        // An earlier attempt may have come as far as the record.
        if !isRotating {
            guard let rotation = try? KeyRotation(from: signer, to: next) else {
                throw LedgerError(.unsigned(.keyMalformed(keys.path)))
            }
            _ = try append(RecordDraft(kind: .keyRotated, session: nil, body: rotation.body))
        }
        // The old key signs once more, over its own successor.
        try publishCheckpoint()
        close()
        return try keys.adopt(origin: identity.origin)
    }
}
