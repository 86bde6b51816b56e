import Masking
import Testing

@Suite("What detectors find in values")
struct DetectorTests {
    private static func findings(_ value: String, _ set: DetectorSet = .all) -> [String] {
        let bytes = Array(value.utf8)
        return bytes.withUnsafeBytes { set.findings(in: $0) }.map {
            "\($0.kind.rawValue): \(String(decoding: bytes[$0.range], as: UTF8.self))"
        }
    }

    @Test("A vector's findings are found, and no others", arguments: DetectorVector.all)
    func finds(vector: DetectorVector) {
        #expect(DetectorTests.findings(vector.value) == vector.expected)
    }

    @Test("There are vectors of every detector")
    func exist() {
        #expect(DetectorVector.all.count > 50)
        for detector in Detector.allCases {
            #expect(DetectorVector.all.contains { $0.expected.contains { $0.hasPrefix("\(detector.rawValue): ") } })
        }
    }

    @Test("A detector that is not asked for finds nothing", arguments: Detector.allCases)
    func asksOnly(detector: Detector) {
        for vector in DetectorVector.all {
            let alone = DetectorTests.findings(vector.value, DetectorSet(detector))
            let prefix = "\(detector.rawValue): "
            #expect(alone.allSatisfy { $0.hasPrefix(prefix) })
            for expected in vector.expected where expected.hasPrefix(prefix) { #expect(alone.contains(expected)) }
            #expect(DetectorTests.findings(vector.value, []) == [])
        }
    }

    @Test("A value is redacted to the names of what it held, and a clean one is nil")
    func redacts() throws {
        let value = Array("ana@example.com pays with 4111 1111 1111 1111, thanks".utf8)
        let redacted = try #require(value.withUnsafeBytes { DetectorSet.all.redacted($0) })
        let text = String(decoding: redacted, as: UTF8.self)
        #expect(text == "[redacted: email] pays with [redacted: card], thanks")
        #expect(redacted.withUnsafeBytes { DetectorSet.all.redacted($0) } == nil)
        #expect(Array("thanks".utf8).withUnsafeBytes { DetectorSet.all.redacted($0) } == nil)
    }

    @Test("Every prefix and suffix of a value is looked at within its bounds", arguments: DetectorVector.all)
    func survivesCuts(vector: DetectorVector) {
        let bytes = Array(vector.value.utf8)
        for cut in 0...bytes.count {
            for piece in [bytes[..<cut], bytes[cut...]] {
                let value = Array(piece)
                let findings = value.withUnsafeBytes { DetectorSet.all.findings(in: $0) }
                for finding in findings { #expect(finding.range.upperBound <= value.count) }
                #expect(
                    zip(findings, findings.dropFirst()).allSatisfy { $0.0.range.upperBound <= $0.1.range.lowerBound }
                )
            }
        }
    }

    @Test("Random bytes are looked at within their bounds")
    func survivesNoise() {
        var sample = SampleValues()
        let pieces: [[UInt8]] = [
            Array("eyJ".utf8), Array("-----BEGIN PRIVATE KEY".utf8), Array("4111 ".utf8), [0xEF, 0xBC],
            [0xEF, 0xBC, 0x91],
            [0xF0, 0x9D, 0x9F, 0x8E], [0xE2, 0x80], Array("@a.bc".utf8), Array("GB82".utf8), [0x80], [0],
            Array("sk-ant-".utf8),
            Array("AKIA".utf8), Array("secret_access_key=".utf8), Array("756.".utf8), Array("é".utf8),
            Array("12345678".utf8),
        ]
        for _ in 0..<20_000 {
            let value = (0..<sample.number(below: 12)).flatMap { _ in sample.pick(pieces) }
            let redacted = value.withUnsafeBytes { DetectorSet.all.redacted($0) }
            #expect((redacted?.count ?? 0) <= value.count * 8 + 64)
        }
    }

    @Test(
        "The cost of a value is linear in its length, whatever it is made of",
        arguments: [
            "eyJ-", "eyJaaaaaaaaaa.", "sk-ant-", "@", "a@", "a.", "4111 ", "4", "-----BEGIN ", "-----END ", "GB82",
            "1 ",
            "xoxb-", "é", "\u{FF14}", "AccountKey=", "secret_access_key=", "255081416802538", "eyJ.",
        ]
    )
    func isLinear(piece: String) {
        func cost(_ count: Int) -> Duration {
            let value = Array(String(repeating: piece, count: count).utf8)
            return ContinuousClock().measure { _ = value.withUnsafeBytes { DetectorSet.all.findings(in: $0) } }
        }
        let small = (0..<3).map { _ in cost(500) }.min() ?? .zero
        let large = (0..<3).map { _ in cost(8_000) }.min() ?? .zero
        // Sixteen times the length; squared it would be 256 times the cost.
        #expect(large < small * 80 + .milliseconds(20), "\(small) \(large)")
    }
}
