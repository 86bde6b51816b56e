extension MaskedType {
    /// The name of a type taken apart: `timestamp(3) without time zone` is `timestamp`, `3`, ` without time zone`;
    /// `numeric(12,2)[]` is `numeric`, `12` and `2`, `[]`.
    struct Parts {
        let base: Substring
        let numbers: [Int]
        let suffix: Substring

        /// Nil where the parentheses are not those of `format_type`.
        init?(_ name: String) {
            if let open = name.firstIndex(of: "(") {
                guard let close = name[open...].firstIndex(of: ")") else { return nil }
                let texts = name[name.index(after: open)..<close].split(
                    separator: ",",
                    omittingEmptySubsequences: false
                )
                numbers = texts.compactMap { Int($0) }
                guard numbers.count == texts.count else { return nil }
                base = name[..<open]
                suffix = name[name.index(after: close)...]
            } else {
                numbers = []
                let zone = Parts.zones.first { name.hasSuffix($0) } ?? ""
                let array = name.hasSuffix("[]") ? "[]" : ""
                base = name.dropLast(max(zone.count, array.count))
                suffix = name[base.endIndex...]
            }
        }

        private static let zones = [" without time zone", " with time zone"]

        /// `pg_catalog.numeric(12,2)[]`; nil where the name is that already, or is of the grammar and not of a schema.
        ///
        /// `format_type` leaves the schema away for what it finds on its own search path. The catalog is read with an
        /// empty one, so that a bare name is one of `pg_catalog`.
        var sql: String? {
            guard suffix.isEmpty || suffix == "[]", let word = Parts.keywords[base] ?? (isBare ? base : nil) else {
                return nil
            }
            let modifier = numbers.isEmpty ? "" : "(\(numbers.map(String.init).joined(separator: ",")))"
            return "pg_catalog.\(word)\(modifier)\(suffix)"
        }

        /// The types that the grammar has names for: they cannot stand behind a schema.
        private static let keywords: [Substring: Substring] = [
            "character varying": "varchar", "character": "bpchar", "smallint": "int2", "integer": "int4",
            "bigint": "int8", "real": "float4", "double precision": "float8", "boolean": "bool",
            "bit varying": "varbit",
        ]

        private var isBare: Bool {
            Parts.isPlain(base)
        }

        /// Whether this is `SCHEMA.name`, with a schema that needs no quotes or has them.
        func isQualified(as name: String) -> Bool {
            guard base.hasSuffix("." + name) else { return false }
            let schema = base.dropLast(name.count + 1)
            let inside = schema.dropFirst().dropLast()
            return Parts.isPlain(schema)
                || (schema.hasPrefix("\"") && schema.hasSuffix("\"") && !inside.isEmpty && !inside.contains("\""))
        }

        /// A lower-case word: nothing to quote, no dot.
        private static func isPlain(_ word: Substring) -> Bool {
            !word.isEmpty && word.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }
        }
    }
}
