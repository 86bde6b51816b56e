import Foundation
import Testing
import TransparencyLog

/// Every format here has one text for each value: whatever is read is written back byte for byte, so nobody can make two
/// proofs out of one. Neighbours of good files are tried, from a fixed seed; `COUNTERSIGN_FUZZ_SECONDS` goes on for so long.
@Suite("One text for each value")
struct CanonicalTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// The bytes that mean something in these formats, more often than others.
    private static let letters = Array("\n\n= +—0123456789AZaz/x.p-\t\r\u{0}é#".utf8) + [0xFF, 0xE2, 0x80]

    private static func neighbour(of bytes: [UInt8], _ random: inout Generator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let letter = letters.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = letter
            case 1: bytes.insert(letter, at: place)
            case 2: bytes.remove(at: place)
            case 3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 4: bytes.removeSubrange(place..<min(bytes.count, place + 20))
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
            }
        }
        return bytes
    }

    /// What a reader makes of bytes, written back; nil where it refuses.
    private static let readers: [(name: String, seeds: [[UInt8]], read: @Sendable ([UInt8]) -> [UInt8]?)] = [
        ("note", ["note.txt", "checkpoint.txt"].map(file), { try? SignedNote($0).bytes }),
        ("proof", ["leaf5.tlog-proof.txt"].map(file), { try? TlogProof($0).bytes }),
        (
            "checkpoint", [Array("log.example/a\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n".utf8)],
            { bytes in
                // A note's text is known to be UTF-8.
                guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
                return try? Checkpoint(bytes).text
            }
        ),
        (
            "key", [Array("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".utf8)],
            { bytes in
                String(validating: bytes, as: UTF8.self).flatMap { text in
                    (try? NoteVerifierKey(text)).map { Array($0.text.utf8) }
                }
            }
        ),
        (
            "path", ["tile/0/x001/x234/067", "tile/entries/000.p/17", "tile/1/x001/002.p/255"].map { Array($0.utf8) },
            { bytes in
                String(validating: bytes, as: UTF8.self).flatMap { TilePath($0) }.map { Array($0.text.utf8) }
            }
        ),
        (
            "hash", [Array("bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=".utf8)],
            { bytes in
                MerkleHash(base64: bytes).map { Array($0.base64.utf8) }
            }
        ),
        (
            "bundle", [[0, 1, 7, 0, 0, 0, 2, 8, 9]],
            { bytes in
                guard let bundle = try? EntryBundle(bytes, width: 3) else { return nil }
                var written: [UInt8] = []
                for entry in bundle.entries { try? EntryBundle.append(Array(entry), to: &written) }
                return written
            }
        ),
        // A policy has many spellings; it is read for whether it stops.
        (
            "policy", ["policy.txt"].map(file),
            { bytes in
                _ = try? WitnessPolicy(bytes)
                return nil
            }
        ),
    ]

    private static func file(_ name: String) -> [UInt8] { Array(VectorFile.text(name).utf8) }

    @Test("What is read is written back byte for byte", arguments: readers.map(\.name))
    func canonical(name: String) throws {
        let reader = try #require(CanonicalTests.readers.first { $0.name == name })
        let seconds = ProcessInfo.processInfo.environment["COUNTERSIGN_FUZZ_SECONDS"].flatMap { Double($0) }
        let deadline = ContinuousClock.now.advanced(by: .seconds(seconds ?? 0))
        var random = Generator(state: seconds == nil ? 4711 : .random(in: 0 ... .max))
        var accepted = 0
        for seed in reader.seeds where name != "policy" { #expect(reader.read(seed) == seed) }
        for round in 0... {
            guard round < 3000 || seconds != nil && ContinuousClock.now < deadline else { break }
            let seed = try #require(reader.seeds.randomElement(using: &random))
            let bytes = CanonicalTests.neighbour(of: seed, &random)
            guard let written = reader.read(bytes) else { continue }
            accepted += 1
            #expect(written == bytes, "\(bytes)")
        }
        // The neighbours are near enough to be read at times; keys and single hashes hardly ever are.
        if !["policy", "key"].contains(name) { #expect(accepted > 0) }
    }
}
