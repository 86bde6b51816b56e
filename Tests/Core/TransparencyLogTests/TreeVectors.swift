import Foundation
import TransparencyLog

/// `Vectors/TransparencyLog/trees.txt`
struct TreeVectors: Sendable {
    var leaves: [[UInt8]] = []
    var roots: [(size: UInt64, root: String)] = []
    var nodes: [String: MerkleHash] = [:]
    var inclusions: [(index: UInt64, size: UInt64, hashes: [String])] = []
    var consistencies: [(old: UInt64, new: UInt64, hashes: [String])] = []

    static let all: TreeVectors = {
        var vectors = TreeVectors()
        for line in VectorFile.lines("trees.txt") { vectors.take(line.components(separatedBy: " ")) }
        return vectors
    }()

    private mutating func take(_ words: [String]) {
        let numbers = words.map { UInt64($0) ?? 0 }
        let last = words.count > 3 ? words[3].components(separatedBy: ",") : []
        switch words[0] {
        case "leaf": leaves.append(words.count > 2 ? VectorFile.bytes(hex: words[2]) : [])
        case "root": roots.append((numbers[1], words[2]))
        case "node": nodes["\(words[1]).\(words[2])"] = MerkleHash(hex: words[3])
        case "inclusion": inclusions.append((numbers[1], numbers[2], last))
        case "consistency": consistencies.append((numbers[1], numbers[2], last))
        default: break
        }
    }

    var leafHashes: [MerkleHash] { leaves.map { MerkleHash.leaf($0) } }

    /// `height.index`, or `a..b` for the root over leaves a to b - 1.
    func hash(_ name: String) -> MerkleHash? {
        let ends = name.components(separatedBy: "..").compactMap { Int($0) }
        guard ends.count == 2 else { return nodes[name] }
        var frontier = MerkleFrontier()
        for leaf in leafHashes[ends[0]..<ends[1]] { frontier.append(leaf) }
        return frontier.root
    }
}
