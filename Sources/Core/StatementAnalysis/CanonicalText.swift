internal import CPgQuery

/// A statement's tokens, one space between two: texts that differ in white space and comments alone are the same.
///
/// PostgreSQL's own scanner cuts it. No token is changed, so that two texts of one canonical form are one statement to the
/// parser: what a string, a quoted name or a dollar quote holds stays as it is.
package enum CanonicalText {
    /// Nil where the scanner refuses the text, and where nothing is left. A semicolon at the end is dropped.
    package static func of(_ text: String) -> String? {
        guard !text.utf8.contains(0) else { return nil }
        let bytes = Array(text.utf8)
        let result = text.withCString { pg_query_scan($0) }
        defer { pg_query_free_scan_result(result) }
        guard result.error == nil, let data = result.pbuf.data else { return nil }
        let message = UnsafeRawBufferPointer(start: data, count: result.pbuf.len)
        guard var tokens = TokenRanges.read(message, limit: bytes.count) else { return nil }
        while let last = tokens.last, bytes[last].elementsEqual([0x3B]) { tokens.removeLast() }
        guard !tokens.isEmpty else { return nil }
        return tokens.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: " ")
    }
}
