/// What masks must know of a column's type, read from its name as `format_type` writes it.
package struct MaskedType: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// `text`, `character varying`, `citext`: at most `limit` characters; nil: as many as there are.
        case text(limit: Int?)
        /// `character(n)`: padded with spaces to its length, nil where it has none.
        case padded(length: Int?)
        case uuid
        case integer(maximum: Int64)
        case numeric(Precision?)
        case date
        case timestamp(hasZone: Bool)
        /// Domains, enums, arrays, json, bytea, floating point…: nothing but `null` fits them.
        case other
    }

    /// Of `numeric(digits,scale)`; the scale is not negative, and not above the digits.
    package struct Precision: Hashable, Sendable {
        package var digits: Int
        package var scale: Int
    }

    package let kind: Kind
    /// The type in SQL, with its length or precision, resolved to `pg_catalog` whatever the search path is.
    package let sql: String

    package init(_ name: String) {
        guard let parts = Parts(name) else {
            (kind, sql) = (.other, name)
            return
        }
        kind = MaskedType.kind(of: parts)
        sql = parts.sql ?? name
    }

    private static func kind(of parts: Parts) -> Kind {
        switch (parts.base, parts.numbers.count, parts.suffix) {
        case ("text", 0, ""), ("citext", 0, ""): .text(limit: nil)
        case ("character varying", 0...1, ""): .text(limit: parts.numbers.first)
        case ("character", 1, ""), ("bpchar", 0, ""): .padded(length: parts.numbers.first)
        case ("uuid", 0, ""): .uuid
        case ("smallint", 0, ""): .integer(maximum: Int64(Int16.max))
        case ("integer", 0, ""): .integer(maximum: Int64(Int32.max))
        case ("bigint", 0, ""): .integer(maximum: .max)
        case ("numeric", 0, ""): .numeric(nil)
        case ("numeric", 2, ""): precision(parts.numbers).map { .numeric($0) } ?? .other
        case ("date", 0, ""): .date
        case ("timestamp", 0...1, " without time zone"): .timestamp(hasZone: false)
        case ("timestamp", 0...1, " with time zone"): .timestamp(hasZone: true)
        // An extension's type lives where it was installed; its name alone says what it is.
        case (_, 0, "") where parts.isQualified(as: "citext"): .text(limit: nil)
        default: .other
        }
    }

    private static func precision(_ numbers: [Int]) -> Precision? {
        guard numbers[0] > 0, numbers[1] >= 0, numbers[1] <= numbers[0] else { return nil }
        return Precision(digits: numbers[0], scale: numbers[1])
    }
}
