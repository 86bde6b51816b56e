/// A statement laid out for reading: a line for each clause. What is bound and shown first is the text itself.
///
/// PostgreSQL's own scanner cuts the text; white space alone is made anew, and comments are left out.
package enum StatementLayout {
    /// Bytes of the longest text that is laid out.
    private static let longest = 65_536

    private static let clauses: Set<String> = [
        "from", "where", "group", "order", "having", "limit", "offset", "fetch", "union", "intersect", "except",
        "values",
        "set", "returning", "join", "left", "right", "inner", "full", "cross", "natural", "window", "using", "select",
        "insert", "update", "delete", "merge", "when",
    ]
    /// What stands before a clause's word and makes it another's: `DO UPDATE`, `LEFT JOIN`, `FOR UPDATE`, `DELETE FROM`.
    private static let joined: Set<String> = [
        "do", "left", "right", "inner", "full", "outer", "cross", "natural", "for", "delete", "then", "of", "key", "on",
        "before", "after", "instead", "or",
    ]
    private static let conditions: Set<String> = ["and", "or"]

    /// Nil where it cannot be done without changing a token, and where nothing would be won.
    package static func of(_ text: String) -> String? {
        guard text.utf8.count <= longest, !text.utf8.contains(0) else { return nil }
        let bytes = Array(text.utf8)
        guard let tokens = CanonicalText.tokens(of: text) else { return nil }
        var writer = LayoutWriter()
        for (index, range) in tokens.enumerated() {
            let token = String(decoding: bytes[range], as: UTF8.self)
            let isApart = index > 0 && tokens[index - 1].upperBound < range.lowerBound
            writer.add(token, break: lineBreak(token.lowercased(), &writer, isFirst: index == 0), isApart: isApart)
        }
        guard writer.text != text, canonical(writer.text) == canonical(text) else { return nil }
        return writer.text
    }

    private static func lineBreak(_ word: String, _ writer: inout LayoutWriter, isFirst: Bool) -> LayoutWriter.Break {
        defer { writer.note(word) }
        guard !isFirst else { return .none }
        if writer.last == ";" { return .clause }
        guard writer.isInQuery else { return .none }
        if word == "between" { writer.hasBetween = true }
        if conditions.contains(word), writer.isInConditions {
            guard !writer.hasBetween || word != "and" else {
                writer.hasBetween = false
                return .none
            }
            return .condition
        }
        guard clauses.contains(word), !joined.contains(writer.last), writer.last != "(", writer.last != "." else {
            return .none
        }
        return .clause
    }

    private static func canonical(_ text: String) -> [String]? {
        let bytes = Array(text.utf8)
        return CanonicalText.tokens(of: text)?.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
}
