import AccessModel
import PolicyEngine
import Testing

@Suite("What depends on the time, or on a database")
struct LintTests {
    @Test("Against a snapshot: masks that hide nothing or cannot, and objects that there are not")
    func catalog() throws {
        let grants = """
            [{target: orders-db, allow: {select: [public.customers, public.gone, "public.orders(id, tax)", "new.*"], delete: [public.orders]},
              mask: {public.customers.email: email, public.customers.fax: redact, "*.gone.*": hash, public.orders.total: last4,
                "*.customers.phone": last4, "public.*.phone": redact}}]
            """
        let configuration = try #require(Configuration.parse(Sample.yaml(grants: grants), file: "F").configuration)
        var catalog = MaskPlanTests.catalog
        var orders = MaskPlanTests.relation("public.orders", ["id", "total"])
        orders.columns[1].type = "numeric(12,2)"
        catalog = Catalog(version: 2, relations: [orders] + catalog.relations.values)
        let found = configuration.lint(target: "orders-db", catalog: catalog, file: "F").map(\.message)
        #expect(
            found == [
                "roles.nightly.grants[0].allow.select: this database has no relation public.gone",
                "roles.nightly.grants[0].allow.select: public.orders has no column tax",
                "roles.nightly.grants[0].mask: `public.customers.fax` hides nothing: this database has no such column",
                "roles.nightly.grants[0].mask: `*.gone.*` hides nothing: this database has no such column",
                "roles.nightly.grants[0].mask: last4 cannot mask public.orders.total, which is numeric(12,2): what reads it is refused",
                "roles.nightly: last4 (line 31) and redact meet on public.customers.phone: it is shown as null",
            ]
        )
        #expect(configuration.lint(target: "other-db", catalog: catalog, file: "F") == [])
    }

    @Test("One pattern holds another only when it surely does")
    func containment() {
        let pairs: [(String, String, Bool)] = [
            ("a*", "ab*", true), ("ab*", "a*", false), ("*", "x*y", true), ("*a*", "ba*", true), ("a*c", "abc*", false),
            ("a*", "*a", false), ("a*b*", "a*b", true), ("*b", "*ab", true),
        ]
        for (wider, narrower, isInside) in pairs {
            let rules = "[{target: orders-db, allow: {select: [\"s.\(narrower)\"]}, deny: {select: [\"s.\(wider)\"]}}]"
            let (_, found) = Configuration.parse(Sample.yaml(grants: rules), file: "F")
            #expect(found.contains { $0.message.contains("has no effect") } == isInside, "\(wider) \(narrower)")
        }
    }

    @Test(
        "A role that has expired, or will within 30 days, is told about",
        arguments: [
            (2027, 5, 30, nil), (2027, 6, 1, "roles.nightly: expires after 2027-06-30"),
            (2027, 6, 30, "roles.nightly: expires after 2027-06-30"),
            (2027, 7, 1, "roles.nightly: expired after 2027-06-30: it is bound to nobody"),
        ] as [(Int64, Int64, Int64, String?)]
    )
    func expiry(year: Int64, month: Int64, day: Int64, message: String?) throws {
        let configuration = try #require(Configuration.parse(Sample.yaml(), file: "F").configuration)
        let moment = Timestamp(seconds: Timestamp.days(year: year, month: month, day: day) * 86_400)
        #expect(configuration.lint(at: moment, file: "F").map(\.message) == (message.map { [$0] } ?? []))
        #expect(configuration.lint(at: moment, file: "F").allSatisfy { $0.line == 24 && $0.severity == .warning })
    }

    @Test("A diagnostic reads FILE:LINE: message")
    func description() {
        let error = Diagnostic(file: "c.yaml", line: 3, column: 7, severity: .error, message: "m")
        #expect(error.description == "c.yaml:3: m")
        let warning = Diagnostic(file: "c.yaml", line: 3, column: 7, severity: .warning, message: "m")
        #expect(warning.description == "c.yaml:3: warning: m")
    }
}
