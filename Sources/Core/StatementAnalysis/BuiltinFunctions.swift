/// What is known of pg_catalog's functions by their names.
enum BuiltinFunctions {
    private static let safe = names(safeNames)
    private static let unsafe = names(unsafeNames)

    /// Whether a call is harmless to everything but its own statement.
    static func isSafe(_ name: String) -> Bool {
        safe.contains(name) || types.contains(name)
    }

    /// Types of pg_catalog that no function is called like: `inet(x)` is the cast `x::inet`.
    private static let types: Set<String> = [
        "aclitem", "bytea", "cid", "inet", "int2vector", "json", "jsonb", "jsonpath", "oidvector", "refcursor",
        "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
        "regprocedure", "regrole", "regtype", "tid", "tsquery", "tsvector", "txid_snapshot", "uuid", "xid8",
    ]

    /// information_schema's own functions are immutable or stable arithmetic on catalog rows; JDBC calls them.
    static func isSafeInformation(_ name: String) -> Bool {
        information.contains(name)
    }

    private static let information: Set<String> = [
        "_pg_char_max_length", "_pg_char_octet_length", "_pg_datetime_precision", "_pg_expandarray",
        "_pg_index_position", "_pg_interval_type", "_pg_numeric_precision", "_pg_numeric_precision_radix",
        "_pg_numeric_scale", "_pg_truetypid", "_pg_truetypmod",
    ]

    /// Whether pg_catalog has a function of this name, or a newer server's may: new ones begin with `pg_` where they
    /// reach beyond their statement.
    static func mayHave(_ name: String) -> Bool {
        name.hasPrefix("pg_") || unsafe.contains(name) || isSafe(name)
    }

    private static func names(_ list: StaticString) -> Set<String> {
        list.withUTF8Buffer { bytes in
            Set(bytes.split { $0 == 0x20 || $0 == 0x0A }.map { String(decoding: $0, as: UTF8.self) })
        }
    }
}
