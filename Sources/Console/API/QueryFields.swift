internal import Hummingbird

/// The parameters of a URL's query. One that is not known, is there twice, is too long or is no text is refused: nothing
/// that was asked for is passed over.
struct QueryFields {
    /// Bytes of a value, decoded.
    static let longest = 1024

    private let fields: [String: String]

    /// Throws 400.
    init(_ request: Request, allowing known: Set<String> = []) throws {
        var fields: [String: String] = [:]
        for part in (request.uri.query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = FormBody.decoded(pair[0]), known.contains(name) else {
                throw Problem(
                    .badRequest,
                    "the query has a parameter that is not known here: \(QueryFields.list(known))"
                )
            }
            guard let value = FormBody.decoded(pair.count > 1 ? pair[1] : ""), !value.unicodeScalars.contains("\0")
            else {
                throw Problem(.badRequest, "`\(name)` is not well-formed")
            }
            guard value.utf8.count <= QueryFields.longest else {
                throw Problem(.badRequest, "`\(name)` is longer than \(QueryFields.longest) bytes")
            }
            guard fields.updateValue(value, forKey: name) == nil else {
                throw Problem(.badRequest, "`\(name)` is there twice")
            }
        }
        self.fields = fields
    }

    /// An empty value asks for nothing: a page's form sends every field that it has.
    subscript(name: String) -> String? {
        fields[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A value read as something; 400 where it is none.
    func value<Value>(_ name: String, _ expected: String, _ read: (String) -> Value?) throws -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = read(text) else { throw Problem(.badRequest, "`\(name)` is not \(expected)") }
        return value
    }

    private static func list(_ known: Set<String>) -> String {
        known.isEmpty ? "it has none" : known.sorted().joined(separator: ", ")
    }
}

extension PageRequest {
    static let names: Set<String> = ["limit", "cursor"]

    /// Reads `limit` and `cursor`, which is of the kind that this list gives.
    init(_ query: QueryFields, isCursor: (PageCursor) -> Bool) throws {
        let limits = PageRequest.limits
        let limit = try query.value("limit", "a number from \(limits.lowerBound) to \(limits.upperBound)") { text in
            text.utf8.count <= 3 ? Int(text).flatMap { limits.contains($0) ? $0 : nil } : nil
        }
        let cursor = try query.value("cursor", "a `next` of this list") { text in
            PageCursor(text).flatMap { isCursor($0) ? $0 : nil }
        }
        self.init(limit: limit ?? PageRequest.usual, cursor: cursor)
    }
}
