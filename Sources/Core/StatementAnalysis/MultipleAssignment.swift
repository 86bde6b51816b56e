/// `SET (a, b) = source`: the parser's tree holds the source once for each column, and a source may hold the like again.
/// A thousand bytes of text so become gigabytes of tree, which nothing stops once the parser has begun.
enum MultipleAssignment {
    /// Tokens of a tree, each counted as often as it will stand in it. A plain text of the longest length has fewer.
    static let limit = 1 << 20

    /// Whether a text may hold one at all. `text` is what the parser would be given.
    static func mayStand(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        var hasSet = false
        var (before, last): (UInt8, UInt8) = (0, 0)
        var (closes, equals) = (false, false)
        for byte in text {
            let letter = byte | 0x20
            if letter == 0x74, last == 0x65, before == 0x73 { hasSet = true }
            if byte == 0x29 { closes = true }
            if byte == 0x3D { equals = true }
            (before, last) = (last, letter)
        }
        return hasSet && closes && equals
    }

    /// Whether the tree of a text with these tokens is bounded.
    ///
    /// What stands behind `(…) =`, up to the next comma beside it, counts as often as there are columns in the
    /// parentheses. A comparison of rows looks like an assignment and counts like one.
    static func isBounded(_ tokens: [UInt8]) -> Bool {
        /// Open parentheses: how often their inside counts, how often what is read now does, and their commas.
        var open = [(base: 1, now: 1, commas: 0)]
        var closed: Int?
        var total = 0
        for token in tokens {
            let top = open.count - 1
            switch token {
            case 0x28: open.append((open[top].now, open[top].now, 0))
            case 0x2C: (open[top].now, open[top].commas) = (open[top].base, open[top].commas + 1)
            case 0x3B: open[top].now = open[top].base
            case 0x3D: if let closed { open[top].now = min(open[top].base * (closed + 1), limit + 1) }
            default: break
            }
            closed = token == 0x29 && top > 0 ? open.removeLast().commas : nil
            total += open[open.count - 1].now
            guard total <= limit else { return false }
        }
        return true
    }
}
