/// A column that a role may not see as it is, and what it is shown instead.
package struct Mask: Hashable, Sendable {
    package enum Method: Hashable, Sendable {
        case email, last4, hash, redact, null
        /// How many characters stay at the start and at the end.
        case partial(Int, Int)
    }

    package var relation: ObjectPattern
    package var column: NamePattern
    package var method: Method
    package var place: Place
}

extension Mask {
    static func read(_ key: String, _ place: Place, _ field: Field) -> Mask? {
        do {
            let (relation, column) = try ObjectPatternParser.column(key)
            return Method.read(field).map { Mask(relation: relation, column: column, method: $0, place: place) }
        } catch {
            field.report(error.message, at: place)
            return nil
        }
    }
}

extension Mask.Method {
    private static let words: [String: Self] = [
        "email": .email, "last4": .last4, "hash": .hash, "redact": .redact, "null": .null,
    ]

    /// `null` is the word here, and not the absence of a value.
    static func read(_ field: Field) -> Mask.Method? {
        guard case .scalar(let text, _) = field.node.content else { return field.fail("expected a mask's name") }
        if let method = words[text] { return method }
        if text.hasPrefix("partial("), text.hasSuffix(")") {
            let counts = text.dropFirst(8).dropLast().split(separator: ",", omittingEmptySubsequences: false)
                .map { Field.decimal(String($0.drop { $0 == " " })) }
            if counts.count == 2, let first = counts[0], let last = counts[1], first <= 64, last <= 64 {
                return .partial(first, last)
            }
        }
        let names = ["email", "last4", "hash", "redact", "null", "partial(2,2)"]
        let suggestion = NearestWord.suggestion(for: text, in: names)
        return field.fail("expected one of \(names.joined(separator: ", ")), not `\(text.shown)`\(suggestion)")
    }
}
