package import AccessModel

/// A place in a list that grows meanwhile: what came behind it stays behind it. Opaque to whoever carries it; it opens
/// nothing that its bearer could not ask for.
package enum PageCursor: Hashable, Sendable {
    /// Behind the record of this index.
    case record(UInt64)
    /// Behind the live session of this id.
    case live(ULID)
    /// Behind the session that the index keeps under this number.
    case session(UInt64)
    /// Behind the principal of the session that the index keeps under this number.
    case principal(UInt64)

    /// The one form of each: a letter, then 16 digits in lower-case hexadecimal, or the 26 characters of the id.
    package var text: String {
        switch self {
        case .record(let index): "r" + PageCursor.digits(index)
        case .live(let id): "l" + id.description
        case .session(let number): "s" + PageCursor.digits(number)
        case .principal(let number): "p" + PageCursor.digits(number)
        }
    }

    /// Nil for whatever `text` does not write.
    package init?(_ text: String) {
        let rest = text.dropFirst()
        let number = rest.utf8.count == 16 ? UInt64(rest, radix: 16) : nil
        switch text.utf8.first {
        case UInt8(ascii: "r"): self = .record(number ?? 0)
        case UInt8(ascii: "l"): self = .live(ULID(rest) ?? ULID(high: 0, low: 0))
        case UInt8(ascii: "s"): self = .session(number ?? 0)
        case UInt8(ascii: "p"): self = .principal(number ?? 0)
        default: return nil
        }
        guard self.text.utf8.elementsEqual(text.utf8), (number ?? 0) <= UInt64(Int64.max) else { return nil }
    }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
