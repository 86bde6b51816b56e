internal import CPgQuery

/// The kinds of a text's tokens, in order, as PostgreSQL's own scanner cuts it: `(`, `)`, `,`, `;` and `=` as their
/// ASCII, everything else 0. Comments are left out.
struct TokenKinds {
    private(set) var kinds: [UInt8] = []

    /// Nil where the scanner refuses the text, as the parser will. `text` ends with a NUL.
    init?(_ text: UnsafePointer<CChar>) {
        let result = pg_query_scan(text)
        defer { pg_query_free_scan_result(result) }
        guard result.error == nil, let data = result.pbuf.data else { return nil }
        let bytes = UnsafeRawBufferPointer(start: data, count: result.pbuf.len)
        guard read(UnsafeRawBufferPointer(bytes)) else { return nil }
    }

    /// `pg_query.ScanResult` in the encoding of protocol buffers: field 2 is a token, whose field 4 is its kind.
    private mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = TokenKinds.number(&rest), let value = TokenKinds.number(&rest) else { return false }
            guard tag & 7 == 2 else { continue }
            guard value <= rest.count else { return false }
            var token = rest.prefix(value)
            rest = rest.dropFirst(value)
            while !token.isEmpty {
                guard let field = TokenKinds.number(&token), let kind = TokenKinds.number(&token) else { return false }
                if field >> 3 == 4 { append(kind) }
            }
        }
        return true
    }

    /// SQL_COMMENT and C_COMMENT are 275 and 276 in pg_query.proto.
    private mutating func append(_ kind: Int) {
        guard kind != 275, kind != 276 else { return }
        kinds.append([0x28, 0x29, 0x2C, 0x3B, 0x3D].contains(kind) ? UInt8(truncatingIfNeeded: kind) : 0)
    }

    static func number(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Int? {
        var value = 0
        var shift = 0
        while let byte = rest.popFirst(), shift < 56 {
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
