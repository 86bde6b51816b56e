/// From places in a rewritten text to places in the text that it was made of.
///
/// A place inside of what was put in is the place of what it stands for.
package struct PositionMap: Hashable, Sendable {
    /// One replacement, in characters (Unicode scalars) counted from 0.
    struct Piece: Hashable, Sendable {
        var original: Range<Int>
        var rewritten: Range<Int>
    }

    private let pieces: [Piece]

    init(_ edits: [TextEdit], of text: UnsafeBufferPointer<UInt8>) {
        var pieces: [Piece] = []
        var (byte, original, rewritten) = (0, 0, 0)
        for edit in edits {
            let kept = PositionMap.characters(text[byte..<edit.range.lowerBound])
            let removed = PositionMap.characters(text[edit.range])
            let added = PositionMap.characters(edit.replacement)
            (original, rewritten) = (original + kept, rewritten + kept)
            pieces.append(
                Piece(original: original..<original + removed, rewritten: rewritten..<rewritten + added)
            )
            (byte, original, rewritten) = (edit.range.upperBound, original + removed, rewritten + added)
        }
        self.pieces = pieces
    }

    /// The place of a character of the rewritten text, counted from 1 as in PostgreSQL's error field `P`; itself where
    /// it is not a place.
    package func originalPosition(_ position: Int) -> Int {
        let index = position - 1
        // The last replacement that begins at or before it.
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].rewritten.lowerBound <= index { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return position }
        let piece = pieces[low - 1]
        if index < piece.rewritten.upperBound { return piece.original.lowerBound + 1 }
        return position - piece.rewritten.upperBound + piece.original.upperBound
    }

    private static func characters(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
}
