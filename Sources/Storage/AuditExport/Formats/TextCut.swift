/// Cuts what is too long for the event, and remembers that it did: nothing is ever cut without a mark.
struct TextCut {
    /// The most bytes of a statement's text, of any other text, and the most items of a list.
    struct Limits {
        var statement: Int
        var text: Int
        var items: Int

        static let none = Limits(statement: .max, text: .max, items: .max)
        /// From what keeps most to what always fits.
        static let steps = [
            Limits(statement: 3072, text: 1024, items: 64), Limits(statement: 1024, text: 256, items: 8),
            Limits(statement: 96, text: 96, items: 2), Limits(statement: 0, text: 16, items: 0),
        ]
    }

    let limits: Limits
    /// The names of what was cut, in order.
    private(set) var names: [String] = []

    init(_ limits: Limits) {
        self.limits = limits
    }

    mutating func text(_ text: String, _ name: StaticString) -> String {
        cut(text, "\(name)", limits.text)
    }

    mutating func statement(_ text: String, _ name: StaticString) -> String {
        cut(text, "\(name)", limits.statement)
    }

    mutating func items<Item>(_ items: [Item], _ name: StaticString) -> ArraySlice<Item> {
        guard items.count > limits.items else { return items[...] }
        note("\(name)")
        return items.prefix(limits.items)
    }

    private mutating func cut(_ text: String, _ name: String, _ limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        note(name)
        // A scalar is kept whole or not at all.
        var end = text.startIndex
        var used = 0
        for scalar in text.unicodeScalars {
            used += UTF8.width(scalar)
            guard used <= limit else { break }
            text.unicodeScalars.formIndex(after: &end)
        }
        return text[..<end] + "[cut: \(text.utf8.count) bytes]"
    }

    private mutating func note(_ name: String) {
        if !names.contains(name) { names.append(name) }
    }
}
