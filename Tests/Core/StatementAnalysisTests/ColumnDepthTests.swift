import AccessModel
import Foundation
import StatementAnalysis
import Testing

@Suite("Columns of deep and large texts")
struct ColumnDepthTests {
    private static let catalog = Catalog(
        version: 1,
        relations: [
            CatalogRelation(
                name: ObjectName(schema: "s", name: "t"),
                kind: .table,
                columns: (0..<100).map { CatalogColumn(name: "c\($0)", type: "text") }
            )
        ]
    )

    private func found(_ text: String) throws -> String {
        let found = onDeepStack { () -> String in
            let analysis = StatementAnalyzer().analyze(text)
            guard let statement = analysis.statements.first else {
                return "\(String(describing: analysis.refusal?.code))"
            }
            // The walk has a bound of its own, whatever stack the parser needed.
            return onSmallStack {
                do throws(AnalysisRefusal) {
                    let path = SearchPath(schemas: ["pg_catalog", "s"], catalogRelations: [])
                    let effects = try statement.effects(in: Self.catalog, path: path)
                    return effects.map(\.description).joined(separator: "; ")
                } catch {
                    return "\(error.code)"
                }
            } ?? ""
        }
        return try #require(found)
    }

    private static func nested(_ count: Int, _ open: String, _ core: String, _ close: String) -> String {
        String(repeating: open, count: count) + core + String(repeating: close, count: count)
    }

    /// A text that no report shall show whole.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var expected: String

        init(_ name: String, _ text: String, _ expected: String) {
            (self.name, self.text, self.expected) = (name, text, expected)
        }

        var testDescription: String { name }
    }

    static let cases = [
        Case("120 scalar sub-queries", nested(120, "SELECT (", "SELECT c1 FROM t", ")"), "select s.t(c1)"),
        Case("2,000 scalar sub-queries", nested(2_000, "SELECT (", "SELECT c1 FROM t", ")"), "tooDeep"),
        Case("100 derived tables", nested(100, "SELECT * FROM (", "SELECT c1 FROM t", ") q"), "select s.t(c1)"),
        Case("1,000 derived tables", nested(1_000, "SELECT * FROM (", "SELECT c1 FROM t", ") q"), "tooDeep"),
        Case("joins on the right", "SELECT 1 FROM " + right(100), "select s.t()"),
        Case("1,000 joins on the right", "SELECT 1 FROM " + right(1_000), "tooDeep"),
        Case("200 joins on the left", "SELECT 1 FROM t" + nested(200, " CROSS JOIN t", "", ""), "select s.t()"),
        Case("5,000 joins on the left", "SELECT 1 FROM t" + nested(5_000, " CROSS JOIN t", "", ""), "tooDeep"),
        Case("5,000 arms", nested(5_000, "SELECT 1 UNION ALL ", "SELECT c1 FROM t", ""), "select s.t(c1)"),
        Case("1,000 arms inside", nested(1_000, "(SELECT 1 UNION ", "SELECT c1 FROM t", ")"), "select s.t(c1)"),
        Case("1,000 limited arms", nested(1_000, "(SELECT 1 UNION ", "SELECT c1 FROM t", " LIMIT 1)"), "tooDeep"),
        Case("100,000 sums", "SELECT 1" + nested(100_000, "+1", "", "") + " FROM t WHERE c2 = 'x'", "select s.t(c2)"),
        Case("negations", "SELECT 1 FROM t WHERE " + nested(3_000, "NOT (", "c2 = 'x'", ")"), "select s.t(c2)"),
        Case("grouping sets", "SELECT 1 FROM t GROUP BY " + sets(1_000), "select s.t(c2)"),
    ]

    private static func right(_ count: Int) -> String {
        nested(count, "(t AS x CROSS JOIN ", "t", ")")
    }

    private static func sets(_ count: Int) -> String {
        nested(count, "GROUPING SETS (", "c2", ")")
    }

    @Test("What nests is walked up to the bound, and refused beyond it", arguments: cases)
    func nesting(_ text: Case) throws {
        let found = try found(text.text)
        #expect(found.prefix(100) == text.expected)
    }

    @Test("Columns that multiply are refused before they cost anything")
    func multiplied() throws {
        let stars = Self.nested(20, "SELECT *, * FROM (", "SELECT * FROM t", ") q")
        var outcome = try found(stars).prefix(100)
        #expect(outcome == "tooDeep")
        let names = (0..<20_000).map { _ in "c99" }.joined(separator: " || ")
        let wide =
            "SELECT 1 FROM t AS a JOIN t AS b USING (" + (0..<98).map { "c\($0)" }.joined(separator: ", ")
            + ") WHERE a." + names.replacingOccurrences(of: "|| ", with: "|| a.")
        outcome = try found(wide).prefix(100)
        #expect(outcome.hasPrefix("select s.t(c0, c1"))
        let lookups =
            "SELECT (SELECT 1 FROM " + (0..<200).map { "t AS t\($0)" }.joined(separator: ", ")
            + " WHERE " + (0..<20_000).map { _ in "c0" }.joined(separator: "||") + ") FROM t"
        outcome = try found(lookups).prefix(100)
        #expect(outcome.hasPrefix("unknownName"))
        let many =
            "SELECT (SELECT 1 FROM "
            + (0..<200).map { "(SELECT c1 AS d\($0) FROM t) q\($0)" }
            .joined(separator: ", ") + " WHERE " + (0..<60_000).map { _ in "c0" }.joined(separator: "||") + ") FROM t"
        outcome = try found(many).prefix(100)
        #expect(outcome == "tooDeep")
    }

    @Test("WITH queries that need each other in a long line have a bound")
    func recursiveLine() throws {
        let line = (0..<200).map { "q\($0) AS (SELECT * FROM q\($0 + 1))" }.joined(separator: ", ")
        #expect(try found("WITH RECURSIVE \(line), q200 AS (SELECT c1 FROM t) SELECT * FROM q0") == "tooDeep")
    }
}
