import StatementAnalysis
import Testing

@Suite("Masks of texts that differ in integers alone")
struct MaskShapeTests {
    private func mask(_ text: String) -> MaskedText? {
        try? StatementMasker().mask(text, MaskFixture.inForce, path: MaskFixture.path)
    }

    private func carried(_ masked: MaskedText, _ original: String, _ other: String) -> MaskedText? {
        Array(original.utf8).withUnsafeBufferPointer { original in
            Array(other.utf8).withUnsafeBufferPointer { masked.moved(from: original, to: $0, limit: 1 << 20) }
        }
    }

    @Test(
        "What masks made of one text, moved to another of its shape, is what they make of the other",
        arguments: [7, 123_456_789]
    )
    func moves(number: Int) throws {
        var count = 0
        for vector in MaskVector.all {
            guard let masked = mask(vector.text) else { continue }
            var next = number
            let other = vector.text.replacing(#/\b[0-9]+\b/#) { _ in
                next = next * 31 % 999_999_937
                return "\(next)"
            }
            guard let moved = carried(masked, vector.text, other) else { continue }
            let anew = try #require(mask(other), "\(other)")
            #expect(moved == anew, "\(vector.text)")
            count += other == vector.text ? 0 : 1
        }
        #expect(count > 10)
    }

    @Test(
        "A text of another shape, or of none, gets nothing that was made for this one",
        arguments: [
            "SELECT email FROM customers WHERE id = 1 OR id = 2", "SELECT email FROM customers WHERE id = '1'",
            "SELECT email FROM customers WHERE id = 1.5", "SELECT email FROM customers WHERE id = 12345678901",
            "SELECT email FROM customerz WHERE id = 1", "", "SELECT email FROM customers WHERE id = 1 -- 2",
        ]
    )
    func others(other: String) throws {
        let text = "SELECT email FROM customers WHERE id = 1"
        let masked = try #require(mask(text))
        #expect(carried(masked, text, other) == nil)
    }

    @Test("A text that would grow beyond the limit is not made")
    func limit() throws {
        let (text, other) = (
            "SELECT email FROM customers WHERE id = 1", "SELECT email FROM customers WHERE id = 123456"
        )
        let masked = try #require(mask(text))
        Array(text.utf8).withUnsafeBufferPointer { original in
            Array(other.utf8).withUnsafeBufferPointer { other in
                #expect(masked.moved(from: original, to: other, limit: masked.text.utf8.count + 4) == nil)
                #expect(masked.moved(from: original, to: other, limit: masked.text.utf8.count + 5) != nil)
            }
        }
    }

    @Test("Places behind integers move with them")
    func positions() throws {
        let (text, other) = ("SELECT 1, email FROM customers", "SELECT 12345, email FROM customers")
        let masked = try #require(mask(text))
        let moved = try #require(carried(masked, text, other))
        #expect(moved.positions == mask(other)?.positions)
    }
}
