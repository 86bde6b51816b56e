internal import ArgumentParser
internal import Evidence
internal import TransparencyLog

/// A C2SP tlog-proof of one entry, and the entry in a file: what other logs' tools exchange, and a bundle's `proofs/`.
enum SingleProof {
    private static let heading = Array("c2sp.org/tlog-proof@".utf8)

    /// An entry is far shorter; what is longer is another file.
    static let longestEntry = 1 << 20

    static func isOne(_ file: [UInt8]) -> Bool {
        file.starts(with: heading)
    }

    /// What is proven of the entry whose bytes are in the file; throws `BundleError` where nothing is.
    static func verify(_ file: [UInt8], entry: [UInt8], policy: WitnessPolicy) throws(BundleError) -> Proven {
        let proof: TlogProof
        do throws(ProofError) {
            proof = try TlogProof(file)
        } catch {
            throw .log(.proof(error))
        }
        do throws(VerificationError) {
            let signed = try proof.verify(leaf: .leaf(entry), policy: policy)
            return Proven(index: proof.index, checkpoint: signed, known: policy.witnesses.count)
        } catch {
            throw .log(error)
        }
    }

    struct Proven {
        var index: UInt64
        var checkpoint: SignedCheckpoint
        var known: Int
    }
}
