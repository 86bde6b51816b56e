import StatementAnalysis
import Testing

@Suite("Deep and large texts, on a deep stack")
struct DepthTests {
    private static func nested(_ count: Int, _ open: String, _ core: String, _ close: String) -> String {
        String(repeating: open, count: count) + core + String(repeating: close, count: count)
    }

    private func analyze(_ text: String) throws -> Analysis {
        try #require(onDeepStack { StatementAnalyzer(limits: AnalysisLimits()).analyze(text) })
    }

    @Test("A chain of a hundred thousand sums is analysed")
    func sums() throws {
        let analysis = try analyze("SELECT 1" + String(repeating: "+1", count: 100_000) + " FROM t")
        #expect(lines(of: analysis) == ["select t"])
    }

    @Test("The longest chain of sums that the limit allows neither crashes nor passes unseen")
    func longest() throws {
        let tail = ", purge()"
        let count = ((1 << 20) - 8 - tail.utf8.count) / 2
        let found = lines(of: try analyze("SELECT 1" + String(repeating: "+1", count: count) + tail))
        #expect([["execute purge"], ["refused: tooDeep"]].contains(found))
    }

    @Test(
        "What the parser nests is refused or understood, never weaker than it is",
        arguments: [
            ("SELECT " + nested(5_000, "(", "purge()", ")"), ["execute purge"]),
            ("SELECT " + nested(20_000, "NOT ", "purge()", ""), nil),
            ("SELECT " + nested(2_000, "(SELECT ", "purge()", ")"), ["execute purge"]),
            (nested(60_000, "SELECT 1 UNION ALL ", "SELECT purge()", ""), nil),
            ("SELECT 'a'" + nested(50_000, "||'a'", "", "") + " FROM t", ["select t"]),
            ("SELECT " + nested(20_000, "f(", "", ")"), nil),
        ] as [(String, [String]?)]
    )
    func nesting(text: String, expected: [String]?) throws {
        let found = lines(of: try analyze(text))
        if let expected { #expect(found == expected) } else { #expect(found != ["nothing"]) }
    }

    @Test("Statements inside statements have a bound")
    func withInsideWith() throws {
        let deep = Self.nested(1_000, "WITH a AS (", "DELETE FROM t RETURNING 1", ") SELECT 1")
        #expect(lines(of: try analyze(deep)) == ["refused: tooDeep"])
        let shallow = Self.nested(100, "WITH a AS (", "DELETE FROM t RETURNING 1", ") SELECT 1")
        #expect(lines(of: try analyze(shallow)) == ["delete t"])
    }

    @Test("More WITH queries than can be told apart cheaply are refused")
    func manyQueries() throws {
        func text(_ count: Int) -> String {
            "WITH " + (0..<count).map { "c\($0) AS (SELECT 1)" }.joined(separator: ", ") + " SELECT FROM c0, t"
        }
        #expect(lines(of: try analyze(text(256))) == ["select t"])
        #expect(lines(of: try analyze(text(257))) == ["refused: tooDeep"])
    }

    @Test("More entries than the limit allows are refused")
    func entries() {
        let analyzer = StatementAnalyzer(limits: AnalysisLimits(entries: 100))
        #expect(analyzer.analyze("SELECT 1").refusal == nil)
        #expect(analyzer.analyze("SELECT 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19").refusal?.code == .tooDeep)
    }

    @Test("A mebibyte of statements, rows or relations is analysed whole")
    func large() throws {
        let begins = try analyze(String(repeating: "BEGIN;", count: 100_000))
        #expect(begins.statements.count == 100_000)
        let rows = "INSERT INTO t VALUES " + String(repeating: "(1,2,'x'),", count: 80_000) + "(f(),1,2)"
        #expect(lines(of: try analyze(rows)) == ["execute f", "insert t"])
        let relations = "SELECT FROM " + String(repeating: "a,", count: 200_000) + "b FOR UPDATE OF b"
        #expect(lines(of: try analyze(relations)) == ["lock b", "select a", "select b"])
    }
}
