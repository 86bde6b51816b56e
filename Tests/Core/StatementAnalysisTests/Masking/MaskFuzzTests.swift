import AccessModel
import Foundation
import StatementAnalysis
import Testing

/// Texts near the vectors, by pieces that change what a text is: quotes, comments, names, parentheses.
///
/// `COUNTERSIGN_FUZZ_SECONDS` is how long, beyond the rounds that every run of the tests makes.
@Suite("Masks and texts that nobody wrote")
struct MaskFuzzTests {
    private static let seconds = ProcessInfo.processInfo.environment["COUNTERSIGN_FUZZ_SECONDS"].flatMap(Int.init) ?? 0

    private static let pieces = [
        "customers", "public.", "\"", "\"customers\"", "U&\"customers\"", "$$", "$a$", "--", "\n", "/*", "*/", "'",
        "E'", "\\'",
        "(", ")", " FROM ", " SELECT ", "WITH customers AS (SELECT 1) ", "WITH x AS (", ",", "ONLY ", ".", "*", " AS c",
        "é", ";",
        " JOIN customers ON true ", " UNION SELECT email FROM public.customers ", "(SELECT * FROM app.\"Cards\")",
        " events ",
        " GROUP BY id ", "LATERAL ", " 's3cr3t' ", " WHERE email = 's3cr3t' ", "TABLE customers",
        "COPY customers TO STDOUT",
        "c.", "::text", " c(a, b)", "ROWS FROM (", "customers.", " FOR UPDATE", " USING (id)", " NATURAL JOIN ",
        "\u{FEFF}",
    ]

    @Test("No text crashes, and none that reads a masked relation stays as it was")
    func near() {
        // A fixed sequence: a failure is the same failure tomorrow. Numerical Recipes' linear congruential generator.
        var state: UInt32 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % max(1, bound)
        }
        let seeds = MaskVector.all.map { Array($0.text.utf8) }
        let end = ContinuousClock.now + .seconds(Self.seconds)
        var (rounds, parsed, rewritten) = (0, 0, 0)
        while rounds < 1500 || ContinuousClock.now < end {
            rounds += 1
            var text = seeds[next(seeds.count)]
            for _ in 0...next(4) { Self.change(&text, next) }
            let outcome = Self.check(text)
            parsed += outcome == .refused ? 0 : 1
            rewritten += outcome == .rewritten ? 1 : 0
            if outcome == .broken {
                Issue.record("round \(rounds): \(String(decoding: text, as: UTF8.self))")
                return
            }
        }
        #expect(parsed > rounds / 50 && rewritten > rounds / 100, "\(parsed) and \(rewritten) of \(rounds)")
        if Self.seconds > 0 { print("masks: \(rounds) texts, \(parsed) parsed, \(rewritten) rewritten") }
    }

    private static func change(_ text: inout [UInt8], _ next: (Int) -> Int) {
        let position = next(text.count + 1)
        switch next(6) {
        case 0 where position < text.count: text.remove(at: position)
        case 1 where position < text.count: text[position] = UInt8(next(128))
        case 2:
            let stop = min(text.count, position + next(12))
            text.insert(contentsOf: text[position..<stop], at: next(text.count + 1))
        case 3: text.removeSubrange(position..<min(text.count, position + next(8)))
        default: text.insert(contentsOf: Array(pieces[next(pieces.count)].utf8), at: position)
        }
    }

    private enum Result: Equatable { case refused, unchanged, rewritten, broken }

    private static func check(_ bytes: [UInt8]) -> Result {
        let analysis = StatementAnalyzer().analyze(String(decoding: bytes, as: UTF8.self))
        guard isRedacted(bytes, analysis) else { return .broken }
        let masked: MaskedText?
        do throws(MaskRefusal) {
            masked = try StatementMasker().mask(bytes, MaskFixture.inForce, path: MaskFixture.path)
        } catch {
            // The rewritten text is another: the check behind the rewriting caught a fault of it.
            return error.code == .differs ? .broken : .refused
        }
        guard let masked else { return readsMasked(analysis) ? .broken : .unchanged }
        let again = StatementAnalyzer().analyze(masked.text)
        return again.refusal == nil ? .rewritten : .broken
    }

    /// By the analysis, which walks the text in its own way. What a change reads of its target is not masked there.
    private static func readsMasked(_ analysis: Analysis) -> Bool {
        guard analysis.refusal == nil else { return false }
        return analysis.statements.contains { statement in
            let effects = statement.effects.flatMap { $0.resolved(in: MaskFixture.path) }
            let changes = effects.contains { $0.action != .select && $0.action != .execute && $0.action != .set }
            return !changes && effects.contains { $0.action == .select && isMasked($0.object) }
        }
    }

    private static func isMasked(_ name: ObjectName) -> Bool {
        ["public.customers", "public.events", "app.Cards"].contains("\(name)")
    }

    /// Whether a text that parses keeps no constant in its record, where literals are to be redacted.
    private static func isRedacted(_ bytes: [UInt8], _ analysis: Analysis) -> Bool {
        guard analysis.refusal == nil, let kept = bytes.withUnsafeBufferPointer({ RedactedText.literals(of: $0) })
        else {
            return true
        }
        // Between double quotes it is a name.
        guard !bytes.contains(0x22) else { return true }
        return !String(decoding: kept, as: UTF8.self).contains("'s3cr3t")
    }
}
