/// Why a Merkle proof does not prove.
package enum ProofError: Error, Hashable, Sendable {
    /// There is no such entry, or no such earlier tree.
    case outside(index: UInt64, size: UInt64)
    /// A proof of this shape has another number of hashes.
    case wrongLength(count: Int, expected: Int)
    /// Recomputed, the root is another one.
    case wrongRoot
    /// Recomputed, the earlier tree's root is another one: the log's history was changed.
    case wrongOldRoot
    /// The entries are not in the order of the tree, or one is there twice.
    case unordered(index: UInt64)
    /// Not so many decimal digits, base 64 letters or lines as the format asks for: the line, counted from 1.
    case malformed(line: Int)
}

extension ProofError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .outside(let index, let size): "\(index) is not within a tree of \(size) entries"
        case .wrongLength(let count, let expected): "the proof has \(count) hashes, where it takes \(expected)"
        case .wrongRoot: "the proof leads to another root than the checkpoint's"
        case .wrongOldRoot: "the later tree does not contain the earlier one: the log's history was changed"
        case .unordered(let index): "entry \(index) is there twice, or not in the order of the log"
        case .malformed(let line): "line \(line) of the proof is malformed"
        }
    }
}
