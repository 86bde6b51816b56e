import StatementAnalysis
import Testing

@Suite("The cache of shapes")
struct ShapeCacheTests {
    /// Whether an analysis kept for `first` is found for `second`.
    private func shares(_ first: String, _ second: String) -> Bool {
        let cache = ShapeCache(capacityBytes: 1 << 20)
        let analysis = StatementAnalyzer().analyze(first)
        Array(first.utf8).withUnsafeBufferPointer { cache.insert(analysis, for: $0) }
        return Array(second.utf8).withUnsafeBufferPointer { cache.find($0) } === analysis
    }

    @Test(
        "Texts that differ in integers alone share one analysis",
        arguments: [
            ("SELECT a FROM t WHERE id = 1", "SELECT a FROM t WHERE id = 123456789"),
            ("UPDATE t1 SET a=a+7 WHERE b2=-3;", "UPDATE t1 SET a=a+0 WHERE b2=-99;"),
            ("INSERT INTO t VALUES (1, 2)", "INSERT INTO t VALUES (33, 44)"),
            ("DELETE FROM t WHERE a[1] > 2", "DELETE FROM t WHERE a[12] > 34"),
        ]
    )
    func shared(first: String, second: String) {
        #expect(shares(first, second))
    }

    @Test(
        "Texts that differ in anything else do not",
        arguments: [
            ("SELECT a FROM t1", "SELECT a FROM t2"), ("SELECT a FROM t_1", "SELECT a FROM t_2"),
            ("SELECT 1", "SELECT 1.5"), ("SELECT 1", "SELECT 1e5"), ("SELECT 1", "SELECT .1"),
            ("SELECT 1", "SELECT 1."),
            ("SELECT 1", "SELECT 1234567890"), ("SELECT 1", "SELECT 1a"), ("SELECT 1", "SELECT 0x1"),
            ("SELECT 1", "SELECT  1"), ("SELECT 1", "SELECT -1"), ("SELECT 1 - 1", "SELECT 1 --1"),
            ("SELECT 1 / 1", "SELECT 1 /* 1"), ("SELECT 1", "SELECT 1; DROP TABLE t"), ("SELECT 1", "SELECT $1"),
        ]
    )
    func different(first: String, second: String) {
        #expect(!shares(first, second))
    }

    @Test(
        "What is quoted, what changes the session and what is not one plain statement is not kept",
        arguments: [
            "SELECT '1'", "SELECT \"1\"", "SELECT 1 -- 1", "SELECT 1 /* 1 */", "SELECT $$1$$", "SELECT é",
            "SELECT 1; SELECT 1",
            "SET standard_conforming_strings = 1", "SET a.b = 1", "BEGIN", "COMMENT ON LARGE OBJECT 1 IS NULL",
            "SELEC 1",
            "EXPLAIN SELECT 1", "EXECUTE p(1)", "PREPARE p AS SELECT 1", "",
        ]
    )
    func notKept(text: String) {
        #expect(!shares(text, text))
    }

    @Test("Whatever integers a vector has, its effects are the same with others")
    func effectsDoNotDependOnIntegers() {
        let cache = ShapeCache(capacityBytes: 1 << 20)
        for vector in StatementVector.all {
            let analysis = StatementAnalyzer().analyze(vector.text)
            let other = vector.text.replacing(#/\b[0-9]+\b/#, with: "73")
            Array(vector.text.utf8).withUnsafeBufferPointer { cache.insert(analysis, for: $0) }
            guard let found = Array(other.utf8).withUnsafeBufferPointer({ cache.find($0) }) else { continue }
            #expect(lines(of: found) == lines(of: StatementAnalyzer().analyze(other)), "\(vector)")
        }
    }
}
