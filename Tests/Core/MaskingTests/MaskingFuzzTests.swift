import AccessModel
import Foundation
import Masking
import Testing

/// `COUNTERSIGN_FUZZ_SECONDS` is how long, beyond the rounds that every run of the tests makes.
@Suite("Detectors, reports and values that nobody wrote")
struct MaskingFuzzTests {
    private static let seconds = ProcessInfo.processInfo.environment["COUNTERSIGN_FUZZ_SECONDS"].flatMap(Int.init) ?? 0

    /// A fixed sequence: a failure is the same failure tomorrow. Numerical Recipes' linear congruential generator.
    private struct Chance {
        var state: UInt32 = 11

        mutating func next(_ bound: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % max(1, bound)
        }
    }

    private static let pieces: [[UInt8]] =
        [
            "4111 1111 1111 1111", "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----",
            "eyJhbGciOiJub25lIn0.e30.", "@",
            "AKIAIOSFODNN7EXAMPLE", "DE89 3702 0440 5320 1300 00", "\u{200B}", "\u{FF14}", "a@b.example", ".", "-",
            "078-05-1120", "ghp_",
        ].map { Array($0.utf8) } + [[0xFF], [0xE2, 0x80], [0xF0, 0x9F], [0]]

    private static func run(_ seeds: [[UInt8]], _ check: ([UInt8]) -> Bool) {
        var chance = Chance()
        let end = ContinuousClock.now + .seconds(seconds / 2)
        var rounds = 0
        while rounds < 2000 || ContinuousClock.now < end {
            rounds += 1
            var value = seeds[chance.next(seeds.count)]
            for _ in 0...chance.next(5) {
                let position = chance.next(value.count + 1)
                switch chance.next(5) {
                case 0 where position < value.count: value[position] = UInt8(chance.next(256))
                case 1 where position < value.count: value.remove(at: position)
                case 2: value += seeds[chance.next(seeds.count)]
                default: value.insert(contentsOf: pieces[chance.next(pieces.count)], at: position)
                }
            }
            guard check(value) else {
                Issue.record("round \(rounds): \(value)")
                return
            }
        }
        if seconds > 0 { print("masking: \(rounds) values") }
    }

    @Test("What is found is inside of the value, in order and whole, and is gone when it is redacted")
    func detectors() {
        Self.run(DetectorVector.all.map { Array($0.value.utf8) }) { value in
            value.withUnsafeBytes { bytes in
                let findings = DetectorSet.all.findings(in: bytes)
                var end = 0
                for finding in findings {
                    guard finding.range.lowerBound >= end, finding.range.upperBound <= bytes.count,
                        !finding.range.isEmpty
                    else {
                        return false
                    }
                    end = finding.range.upperBound
                }
                let redacted = DetectorSet.all.redacted(bytes)
                guard let redacted else { return findings.isEmpty }
                // A value that was text stays text.
                let wasText = String(validating: value, as: UTF8.self) != nil
                return !findings.isEmpty && (!wasText || String(validating: redacted, as: UTF8.self) != nil)
            }
        }
    }

    @Test("A report stays a report, and has no detail, hint or context, whatever its fields are")
    func reports() {
        let seeds = ["22P02", "23505", "42601", "57014", "P0001", "XX000"].map { state -> [UInt8] in
            let fields = [
                "SERROR", "VERROR", "C" + state, "Minvalid input: s3cr3t", "DKey (a)=(s3cr3t)", "Hs3cr3t", "P12",
            ]
            return Array((fields.joined(separator: "\0") + "\0\0").utf8)
        }
        Self.run(seeds) { body in
            let scrubbed = body.withUnsafeBytes { ReportScrub.scrubbed($0) }
            guard scrubbed.last == 0, scrubbed.dropLast().last == 0 else { return false }
            // A broken body may have run one field into another: what counts is which fields there are.
            let kept = scrubbed.split(separator: 0).compactMap(\.first)
            return Set(kept).isDisjoint(with: Array("DHWqp".utf8))
        }
    }
}
