import StatementAnalysis
import Testing

@Suite("Masks at the source")
struct MaskingVectorTests {
    @Test("A text is rewritten or refused as its vector says", arguments: MaskVector.all)
    func vector(vector: MaskVector) {
        #expect(outcome(of: vector.text) == vector.written)
    }

    @Test("There are vectors")
    func exist() {
        #expect(MaskVector.all.count > 100)
    }
}

/// What becomes of a text: `unchanged`, `refused: …` or the rewritten text.
func outcome(of text: String) -> String {
    do throws(MaskRefusal) {
        let masked = try StatementMasker()
            .mask(text, MaskFixture.inForce, path: MaskFixture.path, temporary: MaskFixture.temporary)
        return masked?.text ?? "unchanged"
    } catch {
        return "refused: \(error.message)"
    }
}
