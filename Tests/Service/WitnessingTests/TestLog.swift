import AccessModel
import TransparencyLog

@testable import Witnessing

/// A log in memory: leaves, a key, and proofs by the definition of RFC 9162 section 2.1.4.1, without tiles.
struct TestLog {
    var leaves: [MerkleHash]
    let signer: NoteSigner

    static let name = "log.example/one"

    init(_ leaves: [MerkleHash], name: String = TestLog.name, seed: UInt8 = 1) throws {
        self.leaves = leaves
        signer = try NoteSigner(name: name, algorithm: .ed25519, seed: [UInt8](repeating: seed, count: 32))
    }

    /// `count` leaves, which differ between histories.
    init(count: Int, history: String = "a", forkedAt: Int = 0, name: String = TestLog.name, seed: UInt8 = 1) throws {
        let leaves = (0..<count).map { index in
            MerkleHash.leaf(Array("\(index < forkedAt ? "a" : history) \(index)".utf8))
        }
        try self.init(leaves, name: name, seed: seed)
    }

    func checkpoint(_ size: Int) -> Checkpoint {
        Checkpoint(origin: signer.key.name, size: UInt64(size), root: TestLog.root(leaves[..<size]))
    }

    func note(_ size: Int) throws -> SignedNote {
        try checkpoint(size).signed(by: signer)
    }

    func request(from old: Int, to new: Int) throws -> AddCheckpointRequest {
        AddCheckpointRequest(oldSize: UInt64(old), proof: proof(old, new), note: try note(new))
    }

    func proof(_ old: Int, _ new: Int) -> [MerkleHash] {
        old == 0 || old == new ? [] : TestLog.proof(old, leaves[..<new], isWhole: true)
    }

    static func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        guard leaves.count > 1 else { return leaves.first ?? .emptyRoot }
        let split = leaves.startIndex + half(leaves.count)
        return .node(root(leaves[..<split]), root(leaves[split...]))
    }

    private static func proof(_ old: Int, _ leaves: ArraySlice<MerkleHash>, isWhole: Bool) -> [MerkleHash] {
        guard old < leaves.count else { return isWhole ? [] : [root(leaves)] }
        let (left, split) = (half(leaves.count), leaves.startIndex + half(leaves.count))
        return old <= left
            ? proof(old, leaves[..<split], isWhole: isWhole) + [root(leaves[split...])]
            : proof(old - left, leaves[split...], isWhole: false) + [root(leaves[..<split])]
    }

    /// The largest power of two below `count`.
    private static func half(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }
}
