internal import CPgQuery

/// A statement's tokens, one space between two: texts that differ in white space and comments alone are the same.
///
/// PostgreSQL's own scanner cuts it. No token is changed, so that two texts of one canonical form are one statement to the
/// parser: what a string, a quoted name or a dollar quote holds stays as it is.
package enum CanonicalText {
    /// Nil where the scanner refuses the text, and where it is not exactly one statement as far as semicolons say.
    package static func of(_ text: String) -> String? { pieces(of: text, count: 1)?.first }

    /// The statements of a text that holds `count` of them; nil where the scanner finds another number. One whose body has
    /// semicolons of its own (`BEGIN ATOMIC`) does not come apart right, and then there are more pieces than statements.
    package static func pieces(of text: String, count: Int) -> [String]? {
        guard let tokens = tokens(of: text) else { return nil }
        let bytes = Array(text.utf8)
        let pieces = tokens.split { bytes[$0].elementsEqual([0x3B]) }
        guard pieces.count == count else { return nil }
        return pieces.map { piece in
            piece.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: " ")
        }
    }

    /// Whether it has parameters (`$1`) whose values come apart from the text; those of a PREPARE are its own. True where the
    /// scanner refuses the text.
    package static func hasParameters(_ text: String) -> Bool {
        guard let tokens = tokens(of: text) else { return true }
        let bytes = Array(text.utf8)
        if let first = tokens.first, String(decoding: bytes[first], as: UTF8.self).uppercased() == "PREPARE" {
            return false
        }
        return tokens.contains { token in
            token.count > 1 && bytes[token.lowerBound] == 0x24
                && bytes[token].dropFirst().allSatisfy { (0x30...0x39).contains($0) }
        }
    }

    /// Where its tokens stand, without comments; nil where the scanner refuses the text.
    static func tokens(of text: String) -> [Range<Int>]? {
        guard !text.utf8.contains(0) else { return nil }
        let result = text.withCString { pg_query_scan($0) }
        defer { pg_query_free_scan_result(result) }
        guard result.error == nil, let data = result.pbuf.data else { return nil }
        let message = UnsafeRawBufferPointer(start: data, count: result.pbuf.len)
        return TokenRanges.read(message, limit: text.utf8.count)
    }
}
