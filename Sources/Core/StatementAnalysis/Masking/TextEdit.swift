/// Bytes of a text that others take the place of.
struct TextEdit: Hashable {
    /// In bytes of the text that was given.
    var range: Range<Int>
    var replacement: [UInt8]

    /// The text with all edits made, which must be sorted and apart; nil where they are not.
    static func apply(_ edits: [TextEdit], to text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(edits.reduce(text.count) { $0 + $1.replacement.count })
        var done = 0
        for edit in edits {
            guard edit.range.lowerBound >= done, edit.range.upperBound <= text.count else { return nil }
            out += text[done..<edit.range.lowerBound]
            out += edit.replacement
            done = edit.range.upperBound
        }
        out += text[done...]
        return out
    }
}
