import Foundation
import Testing

@Suite("Any bytes at all")
struct FuzzCorpusTests {
    private static let seeds: [URL] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Fuzz/corpus").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.sorted { $0.path < $1.path }
    }()

    /// How long each seed's neighbours are tried, beyond the rounds that every run of the tests makes.
    private static let share: Duration = {
        let seconds = ProcessInfo.processInfo.environment["COUNTERSIGN_FUZZ_SECONDS"].flatMap(Int.init) ?? 0
        return .seconds(max(0, min(seconds, 86_400))) / max(1, seeds.count)
    }()

    @Test("There is a corpus")
    func exists() {
        #expect(Self.seeds.count >= 10)
    }

    @Test("This corpus must not crash, and must break no rule", arguments: seeds)
    func corpus(file: URL) throws {
        #expect(WireFuzz.run(Array(try Data(contentsOf: file))) == nil)
    }

    @Test("Neither must what is near to it: bytes changed, cut out and put in", arguments: seeds)
    func near(file: URL) throws {
        let seed = Array(try Data(contentsOf: file))
        // A fixed sequence: a failure is the same failure tomorrow. Numerical Recipes' linear congruential generator.
        var state: UInt32 = 1
        func next(_ bound: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % max(1, bound)
        }
        let end = ContinuousClock.now + Self.share
        var round = 0
        while round < 400 || ContinuousClock.now < end {
            round += 1
            var input = seed
            for _ in 0...next(4) {
                let position = next(input.count)
                switch next(4) {
                case 0 where !input.isEmpty: input[position] = UInt8(next(256))
                case 1 where !input.isEmpty: input[position] ^= 1 << UInt8(next(8))
                case 2 where !input.isEmpty: input.remove(at: position)
                default: input.insert(UInt8(next(256)), at: position)
                }
            }
            let broken = WireFuzz.run(input)
            #expect(broken == nil, "\(file.lastPathComponent): \(input)")
            if broken != nil { return }
        }
    }
}
