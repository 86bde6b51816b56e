import AccessModel
import StatementAnalysis
import Testing

@Suite("What an analysis keeps")
struct SyntaxTreeTests {
    private static let catalog = Catalog(
        version: 1,
        relations: [
            CatalogRelation(
                name: ObjectName(schema: "s", name: "t"),
                kind: .table,
                columns: ["a", "b", "c"].map { CatalogColumn(name: $0, type: "text") }
            )
        ]
    )

    private func analyze(_ text: String) throws -> Analysis {
        try #require(onDeepStack { StatementAnalyzer().analyze(text) })
    }

    private func found(_ analysis: Analysis) throws -> [String] {
        let path = SearchPath(schemas: ["pg_catalog", "s"], catalogRelations: [])
        return try analysis.statements.flatMap { try $0.effects(in: Self.catalog, path: path).map(\.description) }
    }

    @Test("The constants of a long INSERT or IN are not kept, and its effects are the same")
    func constants() throws {
        let rows = (0..<20_000).map { "(\($0), 'x')" }.joined(separator: ", ")
        let insert = try analyze("INSERT INTO t VALUES \(rows), ((SELECT 1 FROM t WHERE c = 'y'), 'x')")
        #expect(insert.size < 8_192)
        #expect(try found(insert) == ["insert s.t(a, b)", "select s.t(c)"])
        let numbers = (0..<20_000).map { "\($0)" }.joined(separator: ", ")
        let select = try analyze("SELECT a FROM t WHERE b IN (\(numbers), c)")
        #expect(select.size < 8_192)
        #expect(try found(select) == ["select s.t(a, b, c)"])
    }

    @Test("The first row of VALUES keeps its length, wherever it stands")
    func firstRow() throws {
        let text = "INSERT INTO t SELECT column1, column2 FROM (VALUES (1, 2), (3, 4)) v WHERE column2 IN (1, 2)"
        #expect(try found(analyze(text)) == ["insert s.t(a, b)"])
        #expect(try found(analyze("INSERT INTO t VALUES (1), (2)")) == ["insert s.t(a)"])
        #expect(try found(analyze("INSERT INTO t VALUES (1, 2, 3), (4, 5, 6)")) == ["insert s.t(a, b, c)"])
    }

    @Test("Statements of one text keep their own ends")
    func severalStatements() throws {
        let text = "SELECT a FROM t WHERE a IN (1, 2); SELECT b FROM t WHERE b IN (3); SELECT c FROM t"
        #expect(try found(analyze(text)) == ["select s.t(a)", "select s.t(b)", "select s.t(c)"])
    }
}
