/// Which tiles a tree has.
extension TilePath {
    /// How many hashes stand on a level in a tree of `size` leaves: its complete subtrees of 256^level leaves.
    package static func hashes(onLevel level: Int, size: UInt64) -> UInt64 {
        level < 8 ? size >> (8 * UInt64(level)) : 0
    }

    /// The tile or bundle as it is in a tree of `size` leaves: full, or partial at the right edge; nil where it is empty.
    package init?(_ kind: Kind, index: UInt64, size: UInt64) {
        let level: Int
        switch kind {
        case .entries: level = 0
        case .hashes(let number): level = number
        }
        let count = TilePath.hashes(onLevel: level, size: size)
        guard index <= count >> 8, count > index << 8 else { return nil }
        self.init(kind, index: index, width: Int(min(count - index << 8, 256)))
    }

    /// The partial tiles of a tree of `size` leaves, and its partial bundle: at most nine.
    package static func partials(size: UInt64) -> [TilePath] {
        changed(from: 0, to: size, onlyPartial: true)
    }

    /// What a tree of `new` leaves has and a tree of `old` leaves has not: bundles first, then tiles from the lowest level.
    package static func changed(from old: UInt64, to new: UInt64) -> [TilePath] {
        changed(from: old, to: new, onlyPartial: false)
    }

    private static func changed(from old: UInt64, to new: UInt64, onlyPartial: Bool) -> [TilePath] {
        var paths: [TilePath] = []
        for kind in [.entries] + (0..<8).map({ Kind.hashes(level: $0) }) {
            let level = if case .hashes(let number) = kind { number } else { 0 }
            let (before, after) = (hashes(onLevel: level, size: old), hashes(onLevel: level, size: new))
            guard after > before else { continue }
            let first = onlyPartial ? after >> 8 : before >> 8
            guard first <= (after - 1) >> 8 else { continue }
            paths += (first...((after - 1) >> 8)).compactMap { TilePath(kind, index: $0, size: new) }
        }
        return paths
    }
}
