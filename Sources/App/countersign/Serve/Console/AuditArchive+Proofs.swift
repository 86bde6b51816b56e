internal import AccessModel
internal import AuditLog
internal import Console
internal import Foundation
internal import SearchIndex
internal import TransparencyLog

extension AuditArchive {
    static let notCovered = ReadRefusal.notYet(
        "no checkpoint covers this record yet: try again when the gateway has signed the next one"
    )

    // MARK: Proof

    /// Verified before it is given away.
    func proof(_ id: ULID) async throws(ReadRefusal) -> JSONBytes? {
        guard let index = try await ask({ try $0.record(id)?.index }) else { return nil }
        return try await run { () throws(ReadRefusal) in
            let (note, checkpoint) = try self.checkpoint(covering: index)
            do {
                var tree = self.tiles.tree(size: checkpoint.size)
                let entry = try tree.entry(at: index)
                let proof = try tree.inclusionProof(of: index)
                try proof.verify(leaf: .leaf(entry), root: checkpoint.root)
                return self.json(id, entry, proof, checkpoint, note)
            } catch {
                throw AuditArchive.unprovable
            }
        }
    }

    static let unprovable = ReadRefusal.unavailable(
        "the log's files do not prove this record: see `countersign ledger verify`"
    )

    private func json(
        _ id: ULID,
        _ entry: [UInt8],
        _ proof: InclusionProof,
        _ checkpoint: Checkpoint,
        _ note: [UInt8]
    ) -> JSONBytes {
        var json = JSONBytes(reserving: entry.count * 2 + 8192)
        func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
        json.appendRaw("{")
        json.member("id")
        json.append(id.description)
        json.member("index")
        json.append(proof.index)
        json.member("size")
        json.append(proof.size)
        json.member("entry")
        json.append(base64(entry))
        json.member("leaf")
        json.append(base64(MerkleHash.leaf(entry).bytes))
        json.member("hashes")
        json.append(proof.hashes.map { base64($0.bytes) })
        json.member("root")
        json.append(base64(checkpoint.root.bytes))
        json.member("checkpoint")
        json.append(String(decoding: note, as: UTF8.self))
        json.member("key")
        json.append(ledger.key.text)
        json.member("tlog_proof")
        let file = TlogProof(index: proof.index, hashes: proof.hashes, checkpoint: note)
        json.append(String(decoding: file.bytes, as: UTF8.self))
        json.appendRaw("}")
        return json
    }

    /// The published checkpoint, signed by a key of this ledger.
    func checkpoint(covering index: UInt64) throws(ReadRefusal) -> (note: [UInt8], checkpoint: Checkpoint) {
        let signed: SignedCheckpoint
        let note: [UInt8]
        do {
            guard let found = try tiles.checkpoint() else { throw AuditArchive.notCovered }
            note = found
            signed = try SignedCheckpoint(note, logs: try LedgerKeys.verifierKeys(directory: ledgerFolder))
        } catch let refusal as ReadRefusal {
            throw refusal
        } catch {
            throw AuditArchive.unprovable
        }
        guard signed.checkpoint.size > index else { throw AuditArchive.notCovered }
        return (note, signed.checkpoint)
    }
}
