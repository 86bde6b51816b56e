import AccessModel

extension MaskMethod {
    private static let words: [String: MaskMethod] = [
        "email": .email, "last4": .last4, "hash": .hash, "redact": .redact, "null": .null, "year": .year,
    ]

    /// `null` is the word here, and not the absence of a value.
    static func read(_ field: Field) -> MaskMethod? {
        guard case .scalar(let text, _) = field.node.content else { return field.fail("expected a mask's name") }
        if let method = words[text] { return method }
        if let numbers = numbers(of: "partial", in: text), numbers.count == 2, numbers.allSatisfy({ $0 <= 64 }) {
            return .partial(numbers[0], numbers[1])
        }
        if let numbers = numbers(of: "round", in: text), numbers.count == 1, (1...roundest).contains(numbers[0]) {
            return .round(numbers[0])
        }
        let names = ["email", "last4", "hash", "redact", "null", "partial(2,2)", "year", "round(1000)"]
        let suggestion = NearestWord.suggestion(for: text, in: names)
        return field.fail("expected one of \(names.joined(separator: ", ")), not `\(text.shown)`\(suggestion)")
    }

    private static let roundest = 1_000_000_000_000_000

    /// The numbers of `NAME(N, …)`.
    private static func numbers(of name: String, in text: String) -> [Int]? {
        guard text.hasPrefix("\(name)("), text.hasSuffix(")") else { return nil }
        let words = text.dropFirst(name.utf8.count + 1).dropLast().split(
            separator: ",",
            omittingEmptySubsequences: false
        )
        let numbers = words.compactMap { Field.decimal(String($0.drop { $0 == " " })) }
        return numbers.count == words.count ? numbers : nil
    }
}

extension MaskMethod {
    /// As the file has it.
    package var text: String {
        switch self {
        case .redact: "redact"
        case .null: "null"
        case .email: "email"
        case .last4: "last4"
        case .partial(let first, let last): "partial(\(first),\(last))"
        case .hash: "hash"
        case .year: "year"
        case .round(let multiple): "round(\(multiple))"
        }
    }
}
