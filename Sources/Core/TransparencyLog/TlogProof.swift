/// That an entry is in a log, for somebody who is offline (tlog-proof): the index, the inclusion proof, the checkpoint.
package struct TlogProof: Hashable, Sendable {
    /// What the maker added. Nothing vouches for it.
    package var extra: [UInt8]?
    package var index: UInt64
    package var hashes: [MerkleHash]
    /// The checkpoint's note with its signatures, byte for byte.
    package var checkpoint: [UInt8]

    package static let mostHashes = 63
    /// Bytes of the decoded `extra`.
    package static let longestExtra = 1 << 16

    package init(index: UInt64, hashes: [MerkleHash], checkpoint: [UInt8], extra: [UInt8]? = nil) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    private static let heading = Array("c2sp.org/tlog-proof@v1".utf8)

    /// Parses the file. Throws `ProofError.malformed` with the line, counted from 1; the checkpoint is looked at by `verify`.
    package init(_ bytes: [UInt8]) throws(ProofError) {
        var rest = bytes[...]
        var number = 0
        func line(_ rest: inout ArraySlice<UInt8>, _ number: inout Int) throws(ProofError) -> ArraySlice<UInt8> {
            number += 1
            guard let end = rest.firstIndex(of: 0x0A) else { throw .malformed(line: number) }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
        guard try line(&rest, &number).elementsEqual(TlogProof.heading) else { throw .malformed(line: number) }
        var second = try line(&rest, &number)
        if second.starts(with: "extra ".utf8) {
            guard second.count <= 6 + TlogProof.longestExtra / 3 * 4 + 4,
                let bytes = Base64.bytes(second.dropFirst(6))
            else { throw .malformed(line: number) }
            extra = bytes
            second = try line(&rest, &number)
        } else {
            extra = nil
        }
        guard second.starts(with: "index ".utf8), let index = CanonicalText.number(second.dropFirst(6)) else {
            throw .malformed(line: number)
        }
        self.index = index
        hashes = []
        while case let text = try line(&rest, &number), !text.isEmpty {
            guard hashes.count < TlogProof.mostHashes, let hash = MerkleHash(base64: text) else {
                throw .malformed(line: number)
            }
            hashes.append(hash)
        }
        guard rest.count <= SignedNote.longest else { throw .malformed(line: number + 1) }
        checkpoint = Array(rest)
    }

    /// The file.
    package var bytes: [UInt8] {
        var text = TlogProof.heading + [0x0A]
        if let extra { text += Array("extra \(Base64.text(extra))\n".utf8) }
        text += Array("index \(index)\n".utf8)
        for hash in hashes { text += Array("\(hash.base64)\n".utf8) }
        return text + [0x0A] + checkpoint
    }

    /// The checkpoint that proves the entry with this leaf hash: signed by one of the policy's logs, cosigned by its quorum.
    package func verify(leaf: MerkleHash, policy: WitnessPolicy) throws(VerificationError) -> SignedCheckpoint {
        let signed = try policy.open(checkpoint)
        let proof = InclusionProof(index: index, size: signed.checkpoint.size, hashes: hashes)
        do throws(ProofError) {
            try proof.verify(leaf: leaf, root: signed.checkpoint.root)
        } catch {
            throw .proof(error)
        }
        return signed
    }
}
