import AccessModel
import StatementAnalysis
import Testing

@Suite("Statements and what they would do, to the column")
struct ColumnTests {
    private static let catalog = CatalogText.columns.catalog
    private static let path = CatalogText.columns.searchPath

    private func lines(_ text: String) -> [String] {
        let analysis = StatementAnalyzer().analyze(text)
        if let refusal = analysis.refusal { return ["refused: \(refusal.code)"] }
        do throws(AnalysisRefusal) {
            var found: [String] = []
            for statement in analysis.statements {
                found += try statement.effects(in: Self.catalog, path: Self.path).map(\.description)
            }
            return found.isEmpty ? ["nothing"] : found
        } catch {
            if case .unknownName(let name) = error.code { return ["unknown: \(name)"] }
            return ["refused: \(error.code)"]
        }
    }

    @Test("A statement has the effects of its vector", arguments: StatementVector.columns)
    func effects(vector: StatementVector) {
        #expect(vector.text.utf8.count <= AnalysisLimits.inline)
        #expect(lines(vector.text) == vector.expected)
    }

    @Test("There are vectors, and a catalog for them")
    func exist() {
        #expect(StatementVector.columns.count > 300)
        #expect(Self.catalog.relations.count > 5)
    }
}
