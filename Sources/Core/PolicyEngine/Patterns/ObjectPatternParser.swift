import AccessModel

/// Reads an object pattern. Identifiers are those of SQL: without quotes they are folded to lower case, and `*` is a
/// wildcard inside a part of a name; in double quotes everything stands for itself, and `""` is one quote.
struct ObjectPatternParser {
    struct Failure: Error, Hashable {
        var message: String
    }

    /// PostgreSQL cuts longer names (NAMEDATALEN - 1), so that they never match.
    static let maximumName = 63

    private var rest: Substring

    static func parse(_ text: String, for action: Action) throws(Failure) -> ObjectPattern {
        switch ObjectSyntax(action) {
        case .qualified: return try qualified(text, for: action)
        case .identifier:
            var parser = ObjectPatternParser(rest: text[...])
            let part = try parser.part()
            guard parser.rest.isEmpty else { throw Failure(message: "expected one name without a schema") }
            return ObjectPattern(name: .plain(part), columns: nil, text: text)
        case .parameter: return opaque(text.lowercased(), text: text, separator: nil)
        case .path:
            guard text.hasPrefix("/") || text.hasPrefix("*") else {
                throw Failure(message: "expected the absolute path of a file")
            }
            return opaque(text, text: text, separator: "/")
        case .text: return opaque(text, text: text, separator: nil)
        }
    }

    /// The names of a mask: SCHEMA.RELATION.COLUMN.
    static func column(_ text: String) throws(Failure) -> (relation: ObjectPattern, column: NamePattern) {
        var parser = ObjectPatternParser(rest: text[...])
        var parts = [try parser.part()]
        while parser.take(".") {
            parts.append(try parser.part())
        }
        guard parts.count == 3, parser.rest.isEmpty else {
            throw Failure(message: "expected SCHEMA.RELATION.COLUMN, as in public.customers.email")
        }
        let name = ObjectPattern.Name.qualified(schema: parts[0], name: parts[1])
        return (ObjectPattern(name: name, columns: nil, text: text), parts[2])
    }

    private static func qualified(_ text: String, for action: Action) throws(Failure) -> ObjectPattern {
        var parser = ObjectPatternParser(rest: text[...])
        if ObjectSyntax.reachesBeyondSchemas(action), parser.take(".") {
            let part = try parser.part()
            guard parser.rest.isEmpty else { throw parser.unexpected() }
            return ObjectPattern(name: .unqualified(part), columns: nil, text: text)
        }
        let first = try parser.part()
        guard parser.take(".") else {
            guard parser.rest.isEmpty || parser.rest.first == "(" else { throw parser.unexpected() }
            let beyond =
                ObjectSyntax.reachesBeyondSchemas(action) ? ", or `.\(text.shown)` for what is in no schema" : ""
            throw Failure(message: "say the schema: `public.\(text.shown)`\(beyond)")
        }
        let second = try parser.part()
        if parser.rest.first == "." { throw Failure(message: "expected SCHEMA.NAME, not three parts") }
        let columns = try parser.columns(for: action)
        guard parser.rest.isEmpty else { throw parser.unexpected() }
        return ObjectPattern(name: .qualified(schema: first, name: second), columns: columns, text: text)
    }

    private static func opaque(_ pattern: String, text: String, separator: Character?) -> ObjectPattern {
        let glob = Glob(pattern, separator: separator)
        return ObjectPattern(
            name: .plain(pattern.contains("*") ? .glob(glob) : .exact(pattern)),
            columns: nil,
            text: text
        )
    }

    private init(rest: Substring) {
        self.rest = rest
    }

    private mutating func columns(for action: Action) throws(Failure) -> [String]? {
        guard take("(") else { return nil }
        guard ObjectSyntax.hasColumns(action) else {
            throw Failure(
                message: action == .execute
                    ? "a function is named without its arguments" : "`\(action.rawValue)` is not granted by columns"
            )
        }
        var names: [String] = []
        repeat {
            skipSpaces()
            guard case .exact(let name) = try part() else {
                throw Failure(message: "a column is named, not matched: no `*` in the parentheses")
            }
            names.append(name)
            skipSpaces()
        } while take(",")
        guard take(")") else { throw Failure(message: "expected `)` after the columns") }
        return names.sorted()
    }

    /// One identifier, with or without quotes.
    private mutating func part() throws(Failure) -> NamePattern {
        if take("\"") { return .exact(try quoted()) }
        let word = rest.prefix { character in
            character == "*" || character == "_" || character == "$" || !character.isASCII || character.isLetter
                || character.isNumber
        }
        guard let first = word.first else { throw unexpected() }
        rest = rest.dropFirst(word.count)
        // PostgreSQL folds ASCII alone where the encoding has several bytes.
        let folded = String(decoding: word.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
        guard !folded.contains("**") else { throw Failure(message: "`**` has no meaning here: write `*`") }
        guard !first.isASCII || !first.isNumber else {
            throw Failure(message: "a name that begins with a digit is quoted")
        }
        if folded.contains("*") { return .glob(Glob(folded)) }
        return .exact(try bounded(folded))
    }

    private mutating func quoted() throws(Failure) -> String {
        var name = ""
        while let character = rest.popFirst() {
            guard character == "\"" else {
                name.append(character)
                continue
            }
            guard take("\"") else {
                guard !name.isEmpty else { throw Failure(message: "a name has at least one character") }
                return try bounded(name)
            }
            name.append("\"")
        }
        throw Failure(message: "the quote is not closed")
    }

    private func bounded(_ name: String) throws(Failure) -> String {
        guard name.utf8.count <= ObjectPatternParser.maximumName else {
            throw Failure(message: "a name of PostgreSQL has at most \(ObjectPatternParser.maximumName) bytes")
        }
        return name
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == " " }
    }

    private func unexpected() -> Failure {
        guard let character = rest.first else { return Failure(message: "a part of the name is missing") }
        return Failure(
            message: "`\(String(character).shown)` is not expected here; quote a name such as public.\"Mixed Case\""
        )
    }
}
