/// Walks over JSON text without building anything of it (RFC 8259, strictly; at most 64 levels deep).
package struct JSONText: Sendable {
    package let bytes: [UInt8]

    private static let deepest = 64

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The end of the value that begins at `start`; nil where none well-formed does, before `limit`.
    func end(ofValueAt start: Int, limit: Int, depth: Int = 0) -> Int? {
        guard start < limit, depth < JSONText.deepest else { return nil }
        switch bytes[start] {
        case 0x22: return end(ofStringAt: start, limit: limit)
        case 0x7B: return walk(start, limit, depth) { _, _ in }
        case 0x5B: return end(ofArrayAt: start, limit: limit, depth: depth)
        case 0x74: return end(of: "true", at: start, limit: limit)
        case 0x66: return end(of: "false", at: start, limit: limit)
        case 0x6E: return end(of: "null", at: start, limit: limit)
        default: return end(ofNumberAt: start, limit: limit)
        }
    }

    /// Goes over the members of the object at `start` and returns its end; nil where it is not well-formed.
    /// The body gets the range of the name, without quotes and as written, and that of the value.
    func walk(_ start: Int, _ limit: Int, _ depth: Int = 0, _ body: (Range<Int>, Range<Int>) -> Void) -> Int? {
        guard start < limit, bytes[start] == 0x7B else { return nil }
        var position = skipSpace(start + 1, limit)
        if position < limit, bytes[position] == 0x7D { return position + 1 }
        while true {
            guard position < limit, bytes[position] == 0x22,
                let nameEnd = end(ofStringAt: position, limit: limit)
            else { return nil }
            let name = position + 1..<nameEnd - 1
            position = skipSpace(nameEnd, limit)
            guard position < limit, bytes[position] == 0x3A else { return nil }
            position = skipSpace(position + 1, limit)
            guard let valueEnd = end(ofValueAt: position, limit: limit, depth: depth + 1) else { return nil }
            body(name, position..<valueEnd)
            position = skipSpace(valueEnd, limit)
            guard position < limit else { return nil }
            if bytes[position] == 0x7D { return position + 1 }
            guard bytes[position] == 0x2C else { return nil }
            position = skipSpace(position + 1, limit)
        }
    }

    /// The elements of the array at `range`; nil where it is not one.
    package func elements(of range: Range<Int>) -> [Range<Int>]? {
        guard let first = range.first, bytes[first] == 0x5B else { return nil }
        var found: [Range<Int>] = []
        guard walkArray(first, range.upperBound, 0, { found.append($0) }) == range.upperBound else { return nil }
        return found
    }

    private func end(ofArrayAt start: Int, limit: Int, depth: Int) -> Int? {
        walkArray(start, limit, depth) { _ in }
    }

    private func walkArray(_ start: Int, _ limit: Int, _ depth: Int, _ body: (Range<Int>) -> Void) -> Int? {
        var position = skipSpace(start + 1, limit)
        if position < limit, bytes[position] == 0x5D { return position + 1 }
        while true {
            guard let valueEnd = end(ofValueAt: position, limit: limit, depth: depth + 1) else { return nil }
            body(position..<valueEnd)
            position = skipSpace(valueEnd, limit)
            guard position < limit else { return nil }
            if bytes[position] == 0x5D { return position + 1 }
            guard bytes[position] == 0x2C else { return nil }
            position = skipSpace(position + 1, limit)
        }
    }

    private func skipSpace(_ start: Int, _ limit: Int) -> Int {
        var position = start
        while position < limit {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return position
            }
        }
        return position
    }

    private func end(ofStringAt start: Int, limit: Int) -> Int? {
        var position = start + 1
        while position < limit {
            switch bytes[position] {
            case 0x22: return position + 1
            case 0x5C:
                guard position + 1 < limit else { return nil }
                switch bytes[position + 1] {
                case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: position += 2
                case 0x75:
                    guard position + 6 <= limit, JSONText.unit(bytes[position + 2..<position + 6]) != nil else {
                        return nil
                    }
                    position += 6
                default: return nil
                }
            case ..<0x20: return nil
            default: position += 1
            }
        }
        return nil
    }

    /// Four hexadecimal digits.
    static func unit(_ digits: ArraySlice<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: value = value << 4 | UInt16(digit - 0x30)
            case 0x41...0x46: value = value << 4 | UInt16(digit - 0x37)
            case 0x61...0x66: value = value << 4 | UInt16(digit - 0x57)
            default: return nil
            }
        }
        return value
    }

    private func end(of word: StaticString, at start: Int, limit: Int) -> Int? {
        let end = start + word.utf8CodeUnitCount
        guard end <= limit else { return nil }
        return word.withUTF8Buffer { bytes[start..<end].elementsEqual($0) } ? end : nil
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private func end(ofNumberAt start: Int, limit: Int) -> Int? {
        var position = start
        func digits() -> Int {
            let first = position
            while position < limit, (0x30...0x39).contains(bytes[position]) { position += 1 }
            return position - first
        }
        if bytes[position] == 0x2D { position += 1 }
        let whole = position
        let count = digits()
        guard count > 0, count == 1 || bytes[whole] != 0x30 else { return nil }
        if position < limit, bytes[position] == 0x2E {
            position += 1
            guard digits() > 0 else { return nil }
        }
        if position < limit, bytes[position] | 0x20 == 0x65 {
            position += 1
            if position < limit, bytes[position] == 0x2B || bytes[position] == 0x2D { position += 1 }
            guard digits() > 0 else { return nil }
        }
        return position
    }
}
