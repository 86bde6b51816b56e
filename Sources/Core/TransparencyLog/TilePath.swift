/// The name of a tile or of a bundle of entries, relative to the log's prefix (tlog-tiles):
/// `tile/0/x001/x234/067`, `tile/1/003.p/17`, `tile/entries/x001/067.p/112`.
package struct TilePath: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Hashes of subtrees of 256^level leaves; 0 to 63.
        case hashes(level: Int)
        case entries
    }

    /// Hashes of a full tile, and entries of a full bundle.
    package static let fullWidth = 256
    package static let highestLevel = 63
    private static let longestText = 64

    package var kind: Kind
    package var index: UInt64
    /// Hashes or entries: 256 of a full one, 1 to 255 of a partial one.
    package var width: Int

    /// Nil outside of what the format can name.
    package init?(_ kind: Kind, index: UInt64, width: Int = TilePath.fullWidth) {
        if case .hashes(let level) = kind {
            guard (0...TilePath.highestLevel).contains(level) else { return nil }
        }
        guard index <= MerkleFrontier.largestSize / UInt64(TilePath.fullWidth) else { return nil }
        guard (1...TilePath.fullWidth).contains(width) else { return nil }
        self.kind = kind
        self.index = index
        self.width = width
    }

    package var isPartial: Bool { width < TilePath.fullWidth }

    /// The tile that this one becomes.
    package var full: TilePath {
        var path = self
        path.width = TilePath.fullWidth
        return path
    }

    // MARK: Text

    /// Parses exactly the text that `text` gives; nil for anything else: `..`, leading zeros, another width, a slash more.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count <= TilePath.longestText else { return nil }
        var parts = Array(text.utf8).split(separator: 0x2F, omittingEmptySubsequences: false)[...]
        guard parts.popFirst()?.elementsEqual("tile".utf8) == true, let level = parts.popFirst() else { return nil }
        let kind: Kind
        if level.elementsEqual("entries".utf8) {
            kind = .entries
        } else if level.count <= 2, let number = CanonicalText.number(level) {
            kind = .hashes(level: Int(number))
        } else {
            return nil
        }
        var width = TilePath.fullWidth
        if parts.count >= 2, let before = parts.dropLast().last, before.suffix(2).elementsEqual(".p".utf8),
            let last = parts.popLast()
        {
            guard last.count <= 3, let number = CanonicalText.number(last), number < 256 else { return nil }
            width = Int(number)
            parts[parts.endIndex - 1] = before.dropLast(2)
        }
        guard let index = TilePath.index(parts) else { return nil }
        self.init(kind, index: index, width: width)
    }

    /// Groups of three digits, all but the last after an `x`, the first not `x000`.
    private static func index(_ groups: ArraySlice<ArraySlice<UInt8>>) -> UInt64? {
        guard (1...7).contains(groups.count) else { return nil }
        var index: UInt64 = 0
        for (position, group) in groups.enumerated() {
            var digits = Array(group)
            if position < groups.count - 1 {
                guard digits.first == 0x78 else { return nil }
                digits.removeFirst()
                guard position > 0 || digits != [0x30, 0x30, 0x30] else { return nil }
            }
            guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            for digit in digits { index = index &* 10 &+ UInt64(digit - 0x30) }
        }
        return index
    }

    package var text: String {
        var groups: [UInt64] = []
        var rest = index
        repeat {
            groups.append(rest % 1000)
            rest /= 1000
        } while rest > 0
        var text = "tile/"
        switch kind {
        case .entries: text += "entries"
        case .hashes(let level): text += "\(level)"
        }
        for (position, group) in groups.enumerated().reversed() {
            text += position > 0 ? "/x" : "/"
            text += String(1000 + group).dropFirst()
        }
        return isPartial ? "\(text).p/\(width)" : text
    }
}

extension TilePath: CustomStringConvertible {
    package var description: String { text }
}
