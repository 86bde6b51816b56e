/// Blanks the comments and the string literals of Swift source, so that a rule about code is not broken by prose.
///
/// Lines keep their numbers. What an interpolation holds is blanked too: the rules here are about what stands in code,
/// and no rule is worth a parser.
struct SwiftLexer {
    private let source: [UInt8]
    private var position = 0
    private var code: [UInt8] = []

    static func code(of text: String) -> String {
        var lexer = SwiftLexer(source: Array(text.utf8))
        return String(decoding: lexer.run(), as: UTF8.self)
    }

    private init(source: [UInt8]) {
        self.source = source
    }

    private mutating func run() -> [UInt8] {
        while position < source.count {
            if !isSpecial {
                code.append(source[position])
                position += 1
            } else if starts(with: "//") {
                while position < source.count, !isAt("\n") { position += 1 }
            } else if starts(with: "/*") {
                skipBlockComment()
            } else if let hashes = literalStart() {
                skipLiteral(hashes: hashes)
            } else {
                code.append(source[position])
                position += 1
            }
        }
        return code
    }

    private func starts(with text: StaticString) -> Bool {
        starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private func starts(with bytes: some Collection<UInt8>) -> Bool {
        source[position...].starts(with: bytes)
    }

    /// Whether a comment or a literal may start here; most bytes of a source are ruled out by this alone.
    private var isSpecial: Bool {
        isAt("/") || isAt("\"") || isAt("#")
    }

    private func isAt(_ character: Unicode.Scalar) -> Bool {
        source[position] == UInt8(ascii: character)
    }

    /// The count of `#` before a string literal that starts here, or nil.
    private func literalStart() -> Int? {
        var end = position
        while end < source.count, source[end] == UInt8(ascii: "#") { end += 1 }
        return end < source.count && source[end] == UInt8(ascii: "\"") ? end - position : nil
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                position += 2
            } else if starts(with: "*/") {
                depth -= 1
                position += 2
            } else {
                keepNewline()
            }
        } while depth > 0 && position < source.count
    }

    private mutating func skipLiteral(hashes: Int) {
        position += hashes
        let quotes = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        let end = Array(quotes.utf8) + Array(repeating: UInt8(ascii: "#"), count: hashes)
        position += quotes.utf8.count
        while position < source.count, !starts(with: end) {
            if hashes == 0, starts(with: "\\(") {
                skipInterpolation()
            } else if hashes == 0, isAt("\\") {
                position += 2
            } else {
                keepNewline()
            }
        }
        position += end.count
        code.append(contentsOf: "\"\"".utf8)
    }

    /// From `\(` to its parenthesis; literals inside it may hold parentheses and quotes of their own.
    private mutating func skipInterpolation() {
        position += 2
        var depth = 1
        while position < source.count, depth > 0 {
            if let hashes = literalStart() {
                skipLiteral(hashes: hashes)
                continue
            }
            if isAt("(") { depth += 1 }
            if isAt(")") { depth -= 1 }
            keepNewline()
        }
    }

    private mutating func keepNewline() {
        if isAt("\n") { code.append(source[position]) }
        position += 1
    }
}
