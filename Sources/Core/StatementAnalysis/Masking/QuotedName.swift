internal import AccessModel

/// Names as they stand in generated SQL: always in quotes, so that no case and no keyword changes them.
enum QuotedName {
    /// `"a""b"`
    static func of(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// `"schema"."name"`
    static func of(_ name: ObjectName) -> String {
        (name.schema.map { of($0) + "." } ?? "") + of(name.name)
    }
}
