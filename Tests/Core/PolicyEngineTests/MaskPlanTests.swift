import AccessModel
import PolicyEngine
import Testing

@Suite("Masks, resolved against a snapshot")
struct MaskPlanTests {
    static func relation(_ name: String, _ columns: [String], _ kind: CatalogRelation.Kind = .table) -> CatalogRelation
    {
        let parts = name.split(separator: ".").map(String.init)
        return CatalogRelation(
            name: ObjectName(schema: parts[0], name: parts[1]),
            kind: kind,
            columns: columns.map { CatalogColumn(name: $0, type: "text") }
        )
    }

    static let catalog = Catalog(
        version: 1,
        relations: [
            relation("public.customers", ["id", "email", "phone"]), relation("eu.customers", ["id", "email"], .view),
            relation("public.orders", ["id", "total"]), relation("public.customers_email", ["email"], .index),
        ]
    )

    static let more = """
          weekly:
            owner: ana@example.com
            expires: 2026-12-31
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: orders-db, allow: {select: ["*.*"]}, mask: {public.customers.email: hash, public.orders.total: round(100)}}]
          clear:
            owner: ana@example.com
            expires: 2026-12-31
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: orders-db, allow: {select: ["*.*"]}}]
          elsewhere:
            owner: ana@example.com
            expires: 2027-12-31
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: other-db, allow: {select: ["*.*"]}, mask: {"*.*.*": "null"}}]
        """

    static func plan(_ masks: String, roles: [String] = ["nightly"], at moment: Timestamp = Sample.now) throws
        -> [String]
    {
        let grants = "[{target: orders-db, allow: {select: [\"*.*\"]}, mask: \(masks)}]"
        let policy = try Sample.policy(grants: grants, more: more)
        let plan = policy.masks(roles: roles, target: "orders-db", at: moment, catalog: catalog)
        #expect(policy.hasMasks(roles: roles, target: "orders-db", at: moment) || plan.isEmpty)
        return plan.relations.flatMap { relation, columns in
            columns.map { "\(relation).\($0): \($1.text)" }
        }.sorted()
    }

    @Test("A name masks one column, there or not, a pattern each that there is, and nothing that holds no rows")
    func patterns() throws {
        #expect(try MaskPlanTests.plan("{public.customers.email: email}") == ["public.customers.email: email"])
        let all = ["eu.customers.email: last4", "public.customers.email: last4"]
        #expect(try MaskPlanTests.plan("{\"*.*.email\": last4}") == all)
        #expect(try MaskPlanTests.plan("{public.customers.fax: redact}") == ["public.customers.fax: redact"])
        #expect(try MaskPlanTests.plan("{public.gone.email: redact}") == ["public.gone.email: redact"])
    }

    @Test("The more exact of one role's masks counts, and null where none is")
    func exactness() throws {
        let masks = "{\"public.customers.*\": redact, public.customers.email: email, \"*.customers.phone\": last4}"
        let wanted = [
            "eu.customers.phone: last4", "public.customers.email: email", "public.customers.id: redact",
            "public.customers.phone: null",
        ]
        #expect(try MaskPlanTests.plan(masks) == wanted.filter { !$0.hasPrefix("eu.") })
    }

    @Test("A mask of any role applies, whatever the others may read; two that differ show nothing")
    func roles() throws {
        let masks = "{public.customers.email: email}"
        #expect(try MaskPlanTests.plan(masks, roles: ["clear"]) == [])
        #expect(try MaskPlanTests.plan(masks, roles: ["clear", "nightly"]) == ["public.customers.email: email"])
        let both = ["public.customers.email: null", "public.orders.total: round(100)"]
        #expect(try MaskPlanTests.plan(masks, roles: ["nightly", "weekly", "elsewhere"]) == both)
        #expect(
            try MaskPlanTests.plan("{public.customers.email: hash}", roles: ["nightly", "weekly"])[0].hasSuffix("hash")
        )
    }

    @Test("A role that has ended masks nothing, as it reads nothing")
    func ended() throws {
        let later = Sample.now.advanced(by: .seconds(100 * 86_400))
        #expect(try MaskPlanTests.plan("{public.customers.email: email}", roles: ["weekly"], at: later) == [])
    }

    @Test("Every method of a mask is read, and written as it was read")
    func methods() throws {
        for text in ["redact", "null", "email", "last4", "partial(2,3)", "hash", "year", "round(1000)"] {
            let found = try MaskPlanTests.plan("{public.customers.email: \"\(text)\"}")
            #expect(found == ["public.customers.email: \(text)"])
        }
    }

    @Test(
        "With masks served a masked relation is read, and still not renamed, dug into or read past",
        arguments: [
            ("select public.customers(email)", "allow"), ("update public.customers", "allow"),
            ("delete public.customers", "allow"), ("maintain public.customers", "allow"),
            ("alter public.customers", "deny"), ("drop public", "deny"), ("do plpgsql", "deny"),
            ("select pg_catalog.pg_stats", "deny"), ("select pg_catalog.pg_statistic", "deny"),
            ("select public.orders", "allow"),
        ]
    )
    func served(effect: String, outcome: String) throws {
        let grants = """
            [{target: orders-db, allow: {"select,update,delete,maintain,alter,drop": ["*.*"], drop: [".*"], do: ["*"]},
              mask: {public.customers.email: email}}]
            """
        let policy = try Sample.policy(grants: grants.replacing(", drop: [\".*\"]", with: ""))
        let effects = [try #require(DecisionVector.effect(effect[...]))]
        var request = AccessRequest(roles: ["nightly"], target: "orders-db", effects: effects, at: Sample.now)
        request.servesMasks = true
        #expect(policy.decide(request).outcome.rawValue == outcome)
        request.servesMasks = false
        let isOther = effect == "select public.orders"
        #expect((policy.decide(request).outcome == .allow) == isOther)
    }
}
