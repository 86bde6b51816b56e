/// A piece of a text as PostgreSQL's lexer cuts it, as far as redaction must know.
struct TextToken: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case space, comment
        /// A string constant of any form; the first `prefix` bytes say which: `E`, `U&`, `B`, `X`, `N`.
        case string(prefix: Int)
        case number
        /// A keyword or a name without quotes.
        case word
        case quotedName
        case parameter
        /// One byte of an operator or of punctuation.
        case other
    }

    var kind: Kind
    /// Offsets in bytes.
    var range: Range<Int>
}
