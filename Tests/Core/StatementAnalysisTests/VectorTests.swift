import StatementAnalysis
import Testing

@Suite("Statements and what they would do")
struct VectorTests {
    @Test("A statement has the effects of its vector", arguments: StatementVector.all)
    func effects(vector: StatementVector) {
        #expect(vector.text.utf8.count <= AnalysisLimits.inline)
        #expect(lines(of: StatementAnalyzer().analyze(vector.text)) == vector.expected)
    }

    @Test("There are vectors")
    func exist() {
        #expect(StatementVector.all.count > 100)
    }
}
