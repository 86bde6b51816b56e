import StatementAnalysis
import Testing

@Suite("Assignments of several columns at once")
struct MultipleAssignmentTests {
    private func found(_ text: String) throws -> String {
        let found = onDeepStack { lines(of: StatementAnalyzer().analyze(text)).joined(separator: "; ") }
        return String(try #require(found).prefix(200))
    }

    /// Each level doubles what the one inside stands for.
    private func nested(_ count: Int, _ open: String) -> String {
        let inside = String(repeating: "(WITH x AS (UPDATE t SET (a, b) \(open) ", count: count)
        return "UPDATE t SET a = \(inside)(SELECT 1)" + String(repeating: " RETURNING 1) SELECT 1)", count: count)
    }

    @Test(
        "A source that would be repeated without bound is refused before it is parsed",
        arguments: ["=", "/* ) */ ="]
    )
    func nesting(open: String) throws {
        #expect(try found(nested(5, open)) == "update t(a); update t(a, b)")
        #expect(try found(nested(40, open)) == "refused: tooDeep")
    }

    @Test("Many columns of a long source are refused, as many as a table has are not")
    func wide() throws {
        func text(_ columns: Int, _ sum: Int) -> String {
            let names = (0..<columns).map { "c\($0)" }.joined(separator: ", ")
            return "UPDATE t SET (\(names)) = (SELECT 1" + String(repeating: "+1", count: sum) + ")"
        }
        #expect(try found(text(1_000, 100)).hasPrefix("update t(c0, c1"))
        #expect(try found(text(20_000, 20_000)) == "refused: tooDeep")
    }

    @Test("What only looks like one is analysed")
    func lookalikes() throws {
        let rows = (0..<2_000).map { "(a, b) = (\($0), f(1, 2))" }.joined(separator: " OR ")
        #expect(try found("UPDATE t SET a = 1 WHERE \(rows)") == "execute f; update t(a)")
        let values = (0..<20_000).map { "(\($0), ')=(')" }.joined(separator: ", ")
        #expect(try found("INSERT INTO t (a, offset_b) VALUES \(values)") == "insert t(a, offset_b)")
    }
}
