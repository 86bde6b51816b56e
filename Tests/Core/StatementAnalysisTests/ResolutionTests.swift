import AccessModel
import StatementAnalysis
import Testing

@Suite("Names without a schema")
struct ResolutionTests {
    private static let catalog: Set<String> = ["pg_class", "pg_proc"]

    private func resolved(_ text: String, _ schemas: [String]) -> [String] {
        let path = SearchPath(schemas: schemas, catalogRelations: Self.catalog)
        return StatementAnalyzer().analyze(text).statements.flatMap(\.effects).flatMap { $0.resolved(in: path) }
            .map(\.description)
    }

    @Test(
        "A name is every object that it may be",
        arguments: [
            ("SELECT FROM t", ["pg_catalog", "app", "public"], ["select app.t", "select public.t"]),
            ("SELECT FROM t", ["pg_temp_3", "pg_catalog", "public"], ["select public.t"]),
            ("SELECT FROM t", ["pg_catalog"], ["select ?.t"]),
            ("SELECT FROM t", [], ["select ?.t"]),
            ("SELECT FROM x.t, pg_temp.u", ["pg_catalog", "public"], ["select pg_temp.u", "select x.t"]),
            ("SELECT FROM pg_class", ["pg_catalog", "public"], ["select pg_catalog.pg_class"]),
            (
                "SELECT FROM pg_class", ["public", "pg_catalog"],
                ["select public.pg_class", "select pg_catalog.pg_class"]
            ),
            ("SELECT f()", ["pg_catalog", "a", "b"], ["execute a.f", "execute b.f"]),
            ("SELECT pg_sleep(1)", ["pg_catalog", "a"], ["execute a.pg_sleep", "execute pg_catalog.pg_sleep"]),
            ("SELECT pg_new_in_20()", ["pg_catalog"], ["execute pg_catalog.pg_new_in_20"]),
            ("SELECT lo_get(1)", ["pg_catalog"], ["execute pg_catalog.lo_get"]),
            ("SELECT lower('A')", ["pg_temp_3", "pg_catalog", "public"], []),
            ("SELECT lower('A')", ["evil", "pg_catalog"], ["execute evil.lower", "execute pg_catalog.lower"]),
            ("SELECT pg_catalog.lower('A')", ["evil", "pg_catalog"], []),
            ("CREATE TABLE t ()", ["pg_catalog", "a", "b"], ["create a.t"]),
            ("CREATE FUNCTION f() RETURNS int RETURN 1", ["pg_catalog"], ["create ?.f"]),
            ("DROP TYPE t", ["pg_catalog", "a", "b"], ["drop a.t", "drop b.t"]),
            ("DROP SCHEMA s", ["pg_catalog", "a"], ["drop s"]),
            ("SET x.y = 1", ["pg_catalog", "a"], ["set x.y"]),
            ("UPDATE t SET b = 1, a = 2", ["pg_catalog", "s"], ["update s.t(a, b)"]),
        ] as [(String, [String], [String])]
    )
    func candidates(text: String, schemas: [String], expected: [String]) {
        #expect(resolved(text, schemas) == expected)
    }
}
