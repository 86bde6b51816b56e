/// A pattern with wildcards. Everything else stands for itself, byte by byte.
///
/// `*` is any run of bytes, also none, that does not cross the separator; `**` is any run at all. Without a separator
/// they are the same. Matching takes at most (pattern x text) steps and allocates nothing.
package struct Glob: Hashable, Sendable {
    private static let star: UInt16 = 256
    private static let deep: UInt16 = 257

    /// A byte, or one of the two wildcards.
    private let tokens: [UInt16]
    private let separator: UInt16

    /// A pattern in which every `*` is a wildcard.
    package init(_ text: String, separator: Character? = nil) {
        self.init(separator: separator, pieces: [.pattern(text)])
    }

    enum Piece {
        case literal(String)
        case pattern(String)
    }

    init(separator: Character? = nil, pieces: [Piece]) {
        var tokens: [UInt16] = []
        for piece in pieces {
            switch piece {
            case .literal(let text): tokens += text.utf8.map(UInt16.init)
            case .pattern(let text):
                for byte in text.utf8 {
                    guard byte == 0x2A else {
                        tokens.append(UInt16(byte))
                        continue
                    }
                    switch tokens.last {
                    case Glob.star: tokens[tokens.count - 1] = Glob.deep
                    case Glob.deep: break
                    default: tokens.append(Glob.star)
                    }
                }
            }
        }
        self.tokens = tokens
        self.separator = separator?.asciiValue.map(UInt16.init) ?? .max
    }

    /// Whether it matches everything that holds no separator.
    package var isEverything: Bool {
        tokens == [Glob.star] || tokens == [Glob.deep]
    }

    /// Whether this surely matches all that the other does. Of patterns with a separator only equal ones are compared.
    func contains(_ other: Glob) -> Bool {
        guard separator == .max, other.separator == .max else { return self == other }
        // A byte that no text holds stands for what the other's wildcard matches: a wildcard alone takes it.
        return other.tokens.map { UInt8(exactly: $0) ?? 0xFF }.withUnsafeBufferPointer(matches)
    }

    package func matches(_ text: String) -> Bool {
        if isEverything, separator == .max || tokens == [Glob.deep] { return true }
        return text.utf8.withContiguousStorageIfAvailable(matches) ?? Array(text.utf8).withUnsafeBufferPointer(matches)
    }

    /// Goes on from the last wildcard when a byte does not match; from the last `**` when `*` would cross a separator.
    private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var token = 0
        var index = 0
        var shallow: (token: Int, index: Int)?
        var far: (token: Int, index: Int)?
        while index < text.count || token < tokens.count {
            if token < tokens.count {
                if tokens[token] == Glob.deep {
                    token += 1
                    far = (token, index)
                    shallow = nil
                    continue
                }
                if tokens[token] == Glob.star {
                    token += 1
                    shallow = (token, index)
                    continue
                }
                if index < text.count, tokens[token] == UInt16(text[index]) {
                    token += 1
                    index += 1
                    continue
                }
            }
            if let last = shallow, last.index < text.count, UInt16(text[last.index]) != separator {
                shallow = (last.token, last.index + 1)
                (token, index) = (last.token, last.index + 1)
            } else if let last = far, last.index < text.count {
                far = (last.token, last.index + 1)
                shallow = nil
                (token, index) = (last.token, last.index + 1)
            } else {
                return false
            }
        }
        return true
    }
}
