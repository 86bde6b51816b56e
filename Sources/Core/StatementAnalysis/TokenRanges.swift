/// Where a text's tokens stand, in bytes, read from what libpg_query's scanner gives: `pg_query.ScanResult` in the encoding
/// of protocol buffers, whose field 2 is a token with start (1), end (2) and kind (4). Comments are left out.
enum TokenRanges {
    private struct Token {
        var range: Range<Int>
        var isComment: Bool
    }

    /// Nil where the message is not what it should be.
    static func read(_ bytes: UnsafeRawBufferPointer, limit: Int) -> [Range<Int>]? {
        var tokens: [Range<Int>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = TokenKinds.number(&rest), let value = TokenKinds.number(&rest) else { return nil }
            guard tag & 7 == 2 else { continue }
            guard value <= rest.count else { return nil }
            guard let token = token(rest.prefix(value), limit: limit) else { return nil }
            rest = rest.dropFirst(value)
            guard token.range.lowerBound >= tokens.last?.upperBound ?? 0 else { return nil }
            if !token.isComment { tokens.append(token.range) }
        }
        return tokens
    }

    /// SQL_COMMENT and C_COMMENT are 275 and 276 in pg_query.proto.
    private static func token(_ bytes: Slice<UnsafeRawBufferPointer>, limit: Int) -> Token? {
        var rest = bytes
        var (start, end, kind) = (0, 0, 0)
        while !rest.isEmpty {
            guard let field = TokenKinds.number(&rest), let value = TokenKinds.number(&rest) else { return nil }
            switch field >> 3 {
            case 1: start = value
            case 2: end = value
            case 4: kind = value
            default: continue
            }
        }
        guard start < end, end <= limit else { return nil }
        return Token(range: start..<end, isComment: kind == 275 || kind == 276)
    }
}
