/// A text with what it carries of values taken out: `… WHERE email = '…' AND id = …`.
///
/// Constants of every form and comments are replaced, names and parameters (`$1`) stay. Names in double quotes stay, too:
/// a text that puts a value there names a column of it.
package enum RedactedText {
    /// What stands for a parameter's value.
    package static let parameter = "…"
    /// What stands for a text that cannot be read surely.
    package static let withheld = "[redacted: the statement could not be read surely]"

    /// Nil where a constant, a quoted name or a comment does not end, or the text holds a zero.
    package static func literals(of text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        literals(of: text, string: "'…'", number: "…")
    }

    /// The same with marks of one's own, which stand for what is in the quotes (quotes included) and for numbers.
    package static func literals(of text: UnsafeBufferPointer<UInt8>, string: String, number: String) -> [UInt8]? {
        var scan = TextScan(text)
        var redacted: [UInt8] = []
        redacted.reserveCapacity(text.count)
        while let token = scan.next() {
            switch token.kind {
            case .string(let prefix):
                redacted.append(contentsOf: text[token.range.prefix(prefix)])
                redacted.append(contentsOf: string.utf8)
            case .number: redacted.append(contentsOf: number.utf8)
            case .comment: redacted.append(contentsOf: "/*…*/".utf8)
            case .space, .word, .quotedName, .parameter, .other: redacted.append(contentsOf: text[token.range])
            }
        }
        return scan.isBroken ? nil : redacted
    }
}
