import AccessModel
import StatementAnalysis
import Testing

@Suite("The analysis of a text")
struct AnalyzerTests {
    private let analyzer = StatementAnalyzer(limits: AnalysisLimits())

    private func analyze(_ bytes: [UInt8]) -> Analysis {
        bytes.withUnsafeBufferPointer { analyzer.analyze($0) }
    }

    @Test(
        "A text that is not UTF-8 or holds a NUL is refused before it is parsed",
        arguments: [
            ([0x53, 0x00], .containsNUL), ([0x00], .containsNUL), ([0xC3], .notUTF8), ([0x27, 0xFF, 0x27], .notUTF8),
            ([0xED, 0xA0, 0x80], .notUTF8), ([0xC0, 0x80], .notUTF8), ([0xF4, 0x90, 0x80, 0x80], .notUTF8),
        ] as [([UInt8], AnalysisRefusal.Code)]
    )
    func refusesBytes(bytes: [UInt8], code: AnalysisRefusal.Code) {
        #expect(analyze(bytes).refusal?.code == code)
    }

    @Test("A text above the limit is refused whole, never cut")
    func refusesLength() {
        let analyzer = StatementAnalyzer(limits: AnalysisLimits(text: 8))
        #expect(analyzer.analyze("SELECT 1").refusal == nil)
        #expect(analyzer.analyze("SELECT 1;").refusal?.code == .tooLong)
        #expect(self.analyzer.analyze(String(repeating: " ", count: (1 << 20) + 1)).refusal?.code == .tooLong)
    }

    @Test("A syntax error says where it is, in characters from 1, and what it met")
    func syntaxError() {
        let refusal = analyzer.analyze("SELECT 'é' FRM x y").refusal
        #expect(refusal?.code == .syntax)
        #expect(refusal?.position == 16)
        #expect(refusal?.message == "syntax error at or near \"x\"")
    }

    @Test("A refused text has no statements")
    func refusedIsEmpty() {
        let analysis = analyzer.analyze("SELECT 1; SELEC")
        #expect(analysis.statements.isEmpty)
        #expect(!analysis.isChange)
    }

    @Test("The ranges of statements are the bytes of each, and do not overlap")
    func ranges() {
        let text = "SELECT 'é'; ;; UPDATE t SET a=1 ; -- x\n COMMIT -- end"
        let found = analyzer.analyze(text).statements.map { statement in
            String(decoding: Array(text.utf8)[statement.range], as: UTF8.self)
        }
        #expect(found == ["SELECT 'é'", " UPDATE t SET a=1 ", " -- x\n COMMIT -- end"])
        #expect(analyzer.analyze(text).statements.map(\.kind) == ["SELECT", "UPDATE", "COMMIT"])
    }

    @Test(
        "A statement is a change when it can change the target",
        arguments: [
            ("SELECT * FROM t", false), ("SELECT lower(a) FROM t", false), ("SELECT * FROM t FOR UPDATE", false),
            ("SELECT purge()", true), ("SELECT nextval('s')", true), ("BEGIN; COMMIT", false), ("SET x.y = 1", false),
            ("SELECT 1; DELETE FROM t", true), ("WITH a AS (DELETE FROM t RETURNING 1) SELECT 1", true),
            ("EXECUTE p", true), ("PREPARE p AS DELETE FROM t", false), ("COPY t TO STDOUT", false), ("DO ''", true),
            ("COPY t FROM STDIN", true), ("EXPLAIN ANALYZE DELETE FROM t", true), ("LISTEN a", false), ("", false),
        ]
    )
    func isChange(text: String, expected: Bool) {
        #expect(analyzer.analyze(text).isChange == expected)
    }

    @Test("Effects are sorted and unique")
    func sortedUnique() {
        let effects = analyzer.analyze("SELECT f(), f() FROM b, a, b, (SELECT * FROM b) c").statements.first?.effects
        #expect(effects?.map(\.object.name) == ["f", "a", "b"])
    }

    @Test("Every prefix of every vector is analysed or refused, and no prefix of a batch hides its first statement")
    func prefixes() {
        for vector in StatementVector.all {
            let bytes = Array(vector.text.utf8)
            for length in 0..<bytes.count {
                let analysis = analyze(Array(bytes[..<length]))
                #expect(analysis.refusal == nil || analysis.statements.isEmpty)
            }
        }
    }

    @Test("Bytes changed at random places are analysed or refused")
    func mutations() {
        var seed: UInt64 = 42
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let spice = Array("'\"$;()[].,:*\\-/ %\u{E9}".utf8)
        for vector in StatementVector.all where !vector.text.isEmpty {
            for _ in 0..<20 {
                var bytes = Array(vector.text.utf8)
                for _ in 0...next(3) { bytes[next(bytes.count)] = spice[next(spice.count)] }
                let analysis = analyze(bytes)
                #expect(analysis.refusal == nil || analysis.statements.isEmpty)
            }
        }
    }
}
