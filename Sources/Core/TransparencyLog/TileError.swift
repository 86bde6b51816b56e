/// Why tiles do not make the tree that was asked for.
package enum TileError: Error, Hashable, Sendable {
    /// Neither the tile nor the full one that replaced it is there.
    case missing(TilePath)
    /// Not as many bytes as a tile of this width has.
    case wrongLength(bytes: Int, width: Int)
    /// An entry's length reaches behind the bundle, or bytes follow the last entry.
    case malformedBundle(entry: Int)
    /// Longer than the 65,535 bytes that a bundle can hold of one entry.
    case entryTooLong(bytes: Int)
    /// There is no such entry in a tree of this size.
    case outside(index: UInt64, size: UInt64)
    /// The tiles hold another tree than the one whose root was given.
    case wrongRoot(size: UInt64)
}

extension TileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path): "\(path) is missing"
        case .wrongLength(let bytes, let width): "a tile of \(width) hashes has \(bytes) bytes"
        case .malformedBundle(let entry): "entry \(entry) of a bundle is cut off, or followed by surplus bytes"
        case .entryTooLong(let bytes): "an entry of \(bytes) bytes is longer than 65535"
        case .outside(let index, let size): "\(index) is not within a tree of \(size) entries"
        case .wrongRoot(let size): "the tiles make another tree of \(size) entries than the checkpoint names"
        }
    }
}
