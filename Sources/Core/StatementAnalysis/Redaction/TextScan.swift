/// The tokens of a text, by the rules of PostgreSQL's `scan.l` with `standard_conforming_strings` on (a session cannot
/// turn it off). Where the rules of server versions differ, it takes the longer constant.
struct TextScan {
    private let text: UnsafeBufferPointer<UInt8>
    private var index = 0
    /// A constant, quoted name or comment does not end, or there is a zero: what the text is, is not known.
    private(set) var isBroken = false

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// Nil at the end, and where `isBroken`.
    mutating func next() -> TextToken? {
        guard index < text.count, !isBroken else { return nil }
        let start = index
        guard let kind = take() else {
            isBroken = true
            return nil
        }
        return TextToken(kind: kind, range: start..<index)
    }

    private func byte(_ offset: Int = 0) -> UInt8 {
        index + offset < text.count ? text[index + offset] : 0
    }

    private mutating func take() -> TextToken.Kind? {
        switch byte() {
        case 0: return nil
        case 0x20, 0x09...0x0D: return spaces()
        case 0x2D where byte(1) == 0x2D: return lineComment()
        case 0x2F where byte(1) == 0x2A: return blockComment()
        case 0x27: return string(prefix: 0, isEscaped: false)
        case 0x22: return quotedName()
        case 0x24: return dollar()
        case 0x30...0x39: return number()
        case 0x2E where TextScan.isDigit(byte(1)): return number()
        case let first where TextScan.isNameStart(first): return word()
        default:
            index += 1
            return .other
        }
    }

    // MARK: - Between tokens

    private mutating func spaces() -> TextToken.Kind {
        while TextScan.isSpace(byte()) { index += 1 }
        return .space
    }

    private mutating func lineComment() -> TextToken.Kind {
        while index < text.count, !TextScan.isNewline(text[index]) { index += 1 }
        return .comment
    }

    private mutating func blockComment() -> TextToken.Kind? {
        var depth = 0
        while index < text.count {
            if byte() == 0x2F, byte(1) == 0x2A {
                (depth, index) = (depth + 1, index + 2)
            } else if byte() == 0x2A, byte(1) == 0x2F {
                (depth, index) = (depth - 1, index + 2)
                if depth == 0 { return .comment }
            } else {
                index += 1
            }
        }
        return nil
    }

    // MARK: - Constants

    /// From the first quote on. A constant goes on behind white space with a new line in it.
    private mutating func string(prefix: Int, isEscaped: Bool) -> TextToken.Kind? {
        repeat {
            guard skipQuoted(by: 0x27, isEscaped: isEscaped) else { return nil }
        } while skipContinuation()
        return .string(prefix: prefix)
    }

    /// Past the closing quote; a doubled one stands for itself.
    private mutating func skipQuoted(by quote: UInt8, isEscaped: Bool) -> Bool {
        index += 1
        while index < text.count {
            let byte = text[index]
            if byte == 0x5C, isEscaped {
                index += 2
            } else if byte == quote {
                guard self.byte(1) == quote else {
                    index += 1
                    return true
                }
                index += 2
            } else {
                guard byte != 0 else { return false }
                index += 1
            }
        }
        return false
    }

    /// To the next quote of the same constant, if there is one.
    private mutating func skipContinuation() -> Bool {
        let end = index
        var hasNewline = false
        while true {
            if TextScan.isSpace(byte()) {
                hasNewline = hasNewline || TextScan.isNewline(byte())
                index += 1
            } else if byte() == 0x2D, byte(1) == 0x2D {
                _ = lineComment()
            } else if byte() == 0x27, hasNewline {
                return true
            } else {
                index = end
                return false
            }
        }
    }

    private mutating func quotedName() -> TextToken.Kind? {
        skipQuoted(by: 0x22, isEscaped: false) ? .quotedName : nil
    }

    /// `$1`, `$$…$$`, `$tag$…$tag$`, or a dollar.
    private mutating func dollar() -> TextToken.Kind? {
        if TextScan.isDigit(byte(1)) {
            index += 1
            while TextScan.isNamePart(byte()) { index += 1 }
            return .parameter
        }
        var length = 1
        if TextScan.isNameStart(byte(1)) {
            while byte(length) != 0x24, TextScan.isNamePart(byte(length)) { length += 1 }
        }
        guard byte(length) == 0x24 else {
            index += 1
            return .other
        }
        let delimiter = text[index...(index + length)]
        index += length + 1
        while index + length < text.count {
            if text[index] == 0x24, text[index...(index + length)].elementsEqual(delimiter) {
                index += length + 1
                return .string(prefix: 0)
            }
            index += 1
        }
        return nil
    }

    /// With everything that a number of any version could be made of: `1e-5`, `0x1F`, `1_000`, `1.`.
    private mutating func number() -> TextToken.Kind {
        while TextScan.isNamePart(byte()) || byte() == 0x2E {
            let isExponent = byte() | 0x20 == 0x65 && (byte(1) == 0x2B || byte(1) == 0x2D) && TextScan.isDigit(byte(2))
            index += isExponent ? 2 : 1
        }
        return .number
    }

    // MARK: - Words

    private mutating func word() -> TextToken.Kind? {
        switch (byte() | 0x20, byte(1), byte(2)) {
        case (0x65, 0x27, _):
            index += 1
            return string(prefix: 1, isEscaped: true)
        case (0x62, 0x27, _), (0x78, 0x27, _), (0x6E, 0x27, _):
            index += 1
            return string(prefix: 1, isEscaped: false)
        case (0x75, 0x26, 0x27):
            index += 2
            return string(prefix: 2, isEscaped: false)
        case (0x75, 0x26, 0x22):
            index += 2
            return quotedName()
        default:
            while TextScan.isNamePart(byte()) { index += 1 }
            return .word
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isNewline(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || isDigit(byte) || byte == 0x24
    }
}
