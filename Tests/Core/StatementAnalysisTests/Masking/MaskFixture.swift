import AccessModel
import StatementAnalysis

/// The database of `Vectors/masking`, its masks, and what its relations are read as.
enum MaskFixture {
    /// `{customers}` in a vector: its sub-select in parentheses. `{only customers}` has ONLY.
    static let expected: [String: (list: String, base: String)] = [
        "customers": (
            #""customers"."id", "customers"."name", "#
                + masked("customers", "email", .email, "character varying(40)") + ", "
                + #""customers"."note", "# + masked("customers", "domain", .null, "text"),
            #""public"."customers""#
        ),
        "cards": (
            #""Cards"."Id", "# + masked("Cards", "Card \"No", .last4, "text"), #""app"."Cards""#
        ),
        "events": (#""events"."id", "# + masked("events", "ip", .redact, "text"), #""public"."events""#),
        "events_1": (#""events_1"."id", "# + masked("events_1", "ip", .redact, "text"), #""public"."events_1""#),
        "shown": (#""shown"."id", "# + masked("shown", "email", .redact, "text"), #""public"."shown""#),
        "activity": (
            #""pg_stat_activity"."pid", "# + masked("pg_stat_activity", "query", .null, "text"),
            #""pg_catalog"."pg_stat_activity""#
        ),
    ]

    private static func masked(_ table: String, _ column: String, _ method: MaskMethod, _ type: String) -> String {
        let quoted = "\"" + column.replacing("\"", with: "\"\"") + "\""
        let expression = method.expression(column: "\"\(table)\".\(quoted)", type: type, keys: nil)
        return "\(expression ?? "?") AS \(quoted)"
    }

    static let masks: [ObjectName: [String: MaskMethod]] = [
        name("public.customers"): ["email": .email],
        name("app.Cards"): ["Card \"No": .last4],
        name("public.events"): ["ip": .redact],
        name("public.secret_child"): ["ssn": .last4],
        name("public.shown"): ["email": .redact],
        name("app.accounts"): ["id": .null],
        name("app.tokens"): ["secret": .null],
        name("public.misfit"): ["a": .last4],
    ]

    static let inForce = MasksInForce(masks, in: catalog)
    static let path = SearchPath(schemas: ["pg_catalog", "public"], catalogRelations: ["pg_class"])
    static let temporary: Set<String> = ["scratch", "accounts"]

    static func name(_ text: String) -> ObjectName {
        let parts = text.split(separator: ".").map(String.init)
        return ObjectName(schema: parts[0], name: parts[1])
    }

    static func relation(
        _ text: String,
        _ columns: [(String, String)],
        kind: CatalogRelation.Kind = .table,
        parents: [String] = [],
        reads: [(String, [String])] = [],
        generated: [String: [String]] = [:]
    ) -> CatalogRelation {
        CatalogRelation(
            name: name(text),
            kind: kind,
            columns: columns.map { CatalogColumn(name: $0.0, type: $0.1, generatedFrom: generated[$0.0] ?? []) },
            parents: parents.map { name($0) },
            reads: reads.map { CatalogDependency(relation: name($0.0), columns: $0.1) }
        )
    }

    static let catalog = Catalog(version: 1, relations: tables + views + system)

    private static let tables = [
        relation(
            "public.customers",
            [
                ("id", "integer"), ("name", "text"), ("email", "character varying(40)"), ("note", "text"),
                ("domain", "text"),
            ],
            generated: ["domain": ["email"]]
        ),
        relation("app.Cards", [("Id", "integer"), ("Card \"No", "text")]),
        relation("public.orders", [("id", "integer"), ("customer_id", "integer"), ("email", "text")]),
        relation("app.customers", [("id", "integer")]),
        relation("public.events", [("id", "integer"), ("ip", "text")], kind: .partitioned),
        relation("public.events_1", [("id", "integer"), ("ip", "text")], parents: ["public.events"]),
        relation("app.accounts", [("id", "integer")]),
        relation("public.tokens", [("id", "integer"), ("secret", "integer")]),
        relation("app.tokens", [("id", "integer"), ("secret", "integer")]),
        relation("public.misfit", [("a", "bytea")]),
        CatalogRelation(
            name: name("public.ruled"),
            kind: .table,
            columns: [CatalogColumn(name: "a", type: "text")],
            hasRules: true
        ),
        relation("public.open_parent", [("ssn", "text")]),
        relation("public.secret_child", [("ssn", "text"), ("more", "text")], parents: ["public.open_parent"]),
        relation("public.other_child", [("ssn", "text")], parents: ["public.open_parent"]),
    ]

    private static let views = [
        relation("public.emails", [("email", "text")], kind: .view, reads: [("public.customers", ["email", "id"])]),
        relation("public.names", [("name", "text")], kind: .view, reads: [("public.customers", ["id", "name"])]),
        relation("public.whole", [("j", "json")], kind: .view, reads: [("public.customers", [])]),
        relation("public.over", [("e", "text")], kind: .materializedView, reads: [("public.emails", ["email"])]),
        relation(
            "public.shown",
            [("id", "integer"), ("email", "text")],
            kind: .view,
            reads: [("public.customers", ["email"])]
        ),
        relation("public.through", [("e", "text")], kind: .view, reads: [("public.shown", ["email"])]),
        relation("public.mystats", [("v", "text")], kind: .view, reads: [("pg_catalog.pg_stats", ["attname"])]),
    ]

    private static let system = [
        relation("pg_catalog.pg_class", [("oid", "oid"), ("relname", "name")]),
        relation("pg_catalog.pg_stats", [("attname", "name")], kind: .view),
        relation("pg_catalog.pg_stat_activity", [("pid", "integer"), ("query", "text")], kind: .view),
    ]
}
