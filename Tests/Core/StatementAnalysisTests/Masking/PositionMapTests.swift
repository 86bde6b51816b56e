import Foundation
import StatementAnalysis
import Testing

@Suite("Places of errors in masked texts")
struct PositionMapTests {
    /// For each character that stays: where it stands in the rewritten text, and where it stood.
    @Test(
        "A place behind a mask is the place in the caller's text",
        arguments: [
            "SELECT éxx FROM customers WHERE yyy = 1",
            "SELECT 'ü', éxx FROM customers c, public.customers, ONLY (customers) d WHERE yyy = 1",
            "SELECT public.customers.name, éxx FROM public.customers; TABLE customers; SELECT yyy",
        ]
    )
    func places(text: String) throws {
        let masked = try #require(try StatementMasker().mask(text, MaskFixture.inForce, path: MaskFixture.path))
        for word in ["éxx", "yyy"] {
            let (place, original) = (position(of: word, in: masked.text), position(of: word, in: text))
            #expect(place != nil)
            #expect(masked.positions.originalPosition(try #require(place)) == original)
        }
    }

    @Test("A place inside of a mask is that of the relation")
    func inside() throws {
        let text = "SELECT é FROM public.customers c"
        let masked = try #require(try StatementMasker().mask(text, MaskFixture.inForce, path: MaskFixture.path))
        let place = try #require(position(of: "CASE", in: masked.text))
        #expect(masked.positions.originalPosition(place) == 15)
        #expect(masked.positions.originalPosition(1) == 1)
        #expect(masked.positions.originalPosition(0) == 0)
        #expect(masked.positions.originalPosition(-5) == -5)
    }

    /// Counted from 1, in characters as PostgreSQL counts them.
    private func position(of word: String, in text: String) -> Int? {
        text.range(of: word).map { text.unicodeScalars.distance(from: text.startIndex, to: $0.lowerBound) + 1 }
    }
}
