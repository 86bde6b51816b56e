import Testing

@testable import Console

@Suite("Colours of the console")
struct ContrastTests {
    /// The colours of a scheme by their names: light, or dark.
    private static func colours(isDark: Bool) -> [String: [Double]] {
        let parts = StyleText.tokens.split(separator: "prefers-color-scheme: dark", maxSplits: 1)
        var colours: [String: [Double]] = [:]
        for match in String(parts[isDark ? 1 : 0]).matches(of: /--([a-z-]+): #([0-9a-f]{6});/) {
            let value = UInt32(match.2, radix: 16) ?? 0
            colours[String(match.1)] = [16, 8, 0].map { Double(value >> $0 & 255) / 255 }
        }
        return colours
    }

    /// Relative luminance and contrast (WCAG 2.2, definitions).
    private static func contrast(_ left: [Double], _ right: [Double]) -> Double {
        func luminance(_ colour: [Double]) -> Double {
            // The power 2.4 as the standard has it, by steps that need no other library.
            let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055) }
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        }
        let (one, other) = (luminance(left), luminance(right))
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    /// x^2.4 = (x^12)^(1/5), the root by Newton.
    private static func power(_ x: Double) -> Double {
        let wanted = (0..<12).reduce(1.0) { product, _ in product * x }
        var root = max(x, 0.01)
        for _ in 0..<60 { root -= (root * root * root * root * root - wanted) / (5 * root * root * root * root) }
        return root
    }

    @Test(
        "Texts can be read on every ground that they stand on, and edges be seen, in both schemes",
        arguments: [false, true]
    )
    func contrasts(isDark: Bool) throws {
        let colours = ContrastTests.colours(isDark: isDark)
        let texts = ["ink", "soft", "link"].flatMap { text in ["ground", "paper", "sunk"].map { (text, $0) } }
        let states = ["ok", "hold", "no", "info"].map { ($0, "\($0)-ground") }
        let others = [
            ("ink", "bar"), ("link-ink", "link"), ("ok-ground", "ok"), ("hold-ground", "hold"), ("no", "paper"),
            ("info", "info-ground"), ("ink", "info-ground"),
            ("link", "info-ground"),
        ]
        for (text, ground) in texts + states + others {
            let ratio = ContrastTests.contrast(try #require(colours[text]), try #require(colours[ground]))
            #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
        }
        for (edge, ground) in ["edge", "focus", "chart", "chart-no"].flatMap({ edge in
            ["ground", "paper"].map { (edge, $0) }
        }) {
            let ratio = ContrastTests.contrast(try #require(colours[edge]), try #require(colours[ground]))
            #expect(ratio >= 3, "\(edge) on \(ground): \(ratio)")
        }
    }

    @Test("Contrast is counted as the standard does")
    func counts() {
        #expect(abs(ContrastTests.contrast([0, 0, 0], [1, 1, 1]) - 21) < 0.01)
        #expect(abs(ContrastTests.contrast([0x76 / 255.0, 0x76 / 255.0, 0x76 / 255.0], [1, 1, 1]) - 4.54) < 0.01)
    }
}
