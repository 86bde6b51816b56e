internal import CPgQuery

/// The words of a text as PostgreSQL's own scanner cuts them, without comments.
struct SourceTokens {
    let text: UnsafeBufferPointer<UInt8>
    /// In bytes, in order.
    private(set) var ranges: [Range<Int>] = []

    /// Nil where the scanner refuses the text. `terminated` is the text with a NUL behind it.
    init?(_ text: UnsafeBufferPointer<UInt8>, terminated: UnsafePointer<CChar>) {
        self.text = text
        let result = pg_query_scan(terminated)
        defer { pg_query_free_scan_result(result) }
        guard result.error == nil, let data = result.pbuf.data else { return nil }
        let bytes = UnsafeRawBufferPointer(start: data, count: result.pbuf.len)
        guard read(bytes.bindMemory(to: UInt8.self)) else { return nil }
    }

    /// The word that begins at this byte.
    func index(at start: Int) -> Int? {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound < start { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound == start ? low : nil
    }

    /// Whether the word at `index` is this one, in any case; `word` is in lower case.
    func isWord(_ index: Int, _ word: StaticString) -> Bool {
        guard ranges.indices.contains(index), ranges[index].count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { expected in
            zip(text[ranges[index]], expected).allSatisfy { byte, other in
                (0x41...0x5A).contains(byte) ? byte + 32 == other : byte == other
            }
        }
    }

    /// The word behind the identifier that begins at `index`: `U&"…"` may have a UESCAPE and its string.
    func behindIdentifier(_ index: Int) -> Int {
        guard ranges.indices.contains(index) else { return index }
        let bytes = text[ranges[index]]
        let isEscaped = bytes.count > 2 && bytes[bytes.startIndex + 1] == 0x26 && bytes.last == 0x22
        return isEscaped && isWord(index + 1, "uescape") ? index + 3 : index + 1
    }

    /// The word behind the parenthesis that closes the one at `index`.
    func behindParentheses(_ index: Int) -> Int? {
        var depth = 0
        for other in index..<max(index, ranges.count) {
            if isWord(other, "(") { depth += 1 }
            if isWord(other, ")") { depth -= 1 }
            if depth == 0 { return other + 1 }
        }
        return nil
    }

    // MARK: - The scanner's answer

    /// A `pg_query.ScanResult` in protocol buffers' encoding: field 2 is a token, whose fields 1 and 2 are its bytes.
    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = SourceTokens.number(&rest), let value = SourceTokens.number(&rest) else { return false }
            guard tag & 7 == 2 else {
                if tag & 7 != 0 { return false }
                continue
            }
            guard value <= rest.count else { return false }
            var token = rest.prefix(value)
            rest = rest.dropFirst(value)
            if tag >> 3 == 2, !append(&token) { return false }
        }
        return true
    }

    private mutating func append(_ token: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var (start, end) = (0, 0)
        while !token.isEmpty {
            guard let tag = SourceTokens.number(&token), let value = SourceTokens.number(&token), tag & 7 == 0 else {
                return false
            }
            if tag >> 3 == 1 { start = value }
            if tag >> 3 == 2 { end = value }
        }
        guard start >= ranges.last?.upperBound ?? 0, start < text.count else { return false }
        end = behindEscaped(start) ?? end
        guard start < end, end <= text.count else { return false }
        if !isComment(start) { ranges.append(start..<end) }
        return true
    }

    /// The byte behind a `U&"…"`, or a byte inside of a `U&'…'`: libpg_query does not say where these end.
    private func behindEscaped(_ start: Int) -> Int? {
        guard start + 2 < text.count, text[start] | 0x20 == 0x75, text[start + 1] == 0x26 else { return nil }
        if text[start + 2] == 0x27 { return start + 3 }
        guard text[start + 2] == 0x22 else { return nil }
        var index = start + 3
        while index < text.count {
            if text[index] == 0x22 {
                guard index + 1 < text.count, text[index + 1] == 0x22 else { return index + 1 }
                index += 1
            }
            index += 1
        }
        return nil
    }

    /// No operator begins as a comment does.
    private func isComment(_ start: Int) -> Bool {
        guard start + 1 < text.count else { return false }
        return (text[start], text[start + 1]) == (0x2D, 0x2D) || (text[start], text[start + 1]) == (0x2F, 0x2A)
    }

    private static func number(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
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
