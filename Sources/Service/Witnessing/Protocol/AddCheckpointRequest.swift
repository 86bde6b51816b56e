package import TransparencyLog

/// What a log asks a witness (C2SP tlog-witness, add-checkpoint): the size that it thinks the witness knows, the proof
/// from there, and its signed checkpoint.
///
/// ```
/// old 20852014
/// PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
/// …
///
/// example.com/log
/// 20852163
/// …
/// ```
package struct AddCheckpointRequest: Hashable, Sendable {
    package var oldSize: UInt64
    package var proof: [MerkleHash]
    package var note: SignedNote

    /// Bytes of a request: a checkpoint with the cosignatures of many witnesses, and the longest proof.
    package static let longest = 128 << 10
    /// Lines of a proof, by the protocol.
    package static let longestProof = 63

    package init(oldSize: UInt64, proof: [MerkleHash], note: SignedNote) {
        self.oldSize = oldSize
        self.proof = proof
        self.note = note
    }

    /// Throws `WitnessProtocolError` for everything that the protocol does not write so.
    package init(_ bytes: [UInt8]) throws(WitnessProtocolError) {
        guard bytes.count <= AddCheckpointRequest.longest else { throw .tooLong(bytes: bytes.count) }
        var rest = bytes[...]
        guard let first = AddCheckpointRequest.line(&rest), first.starts(with: "old ".utf8),
            let size = DecimalSize.value(first.dropFirst(4))
        else { throw .malformed(line: 1) }
        oldSize = size
        proof = []
        while true {
            guard let line = AddCheckpointRequest.line(&rest) else { throw .malformed(line: proof.count + 2) }
            if line.isEmpty { break }
            guard proof.count < AddCheckpointRequest.longestProof else { throw .proofTooLong }
            guard let hash = MerkleHash(base64: line) else { throw .malformed(line: proof.count + 2) }
            proof.append(hash)
        }
        do throws(NoteError) {
            note = try SignedNote(Array(rest))
        } catch {
            throw .note(error)
        }
    }

    private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: 0x0A) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    package var bytes: [UInt8] {
        var text = "old \(oldSize)\n"
        for hash in proof { text += "\(hash.base64)\n" }
        return Array(text.utf8) + [0x0A] + note.bytes
    }
}
