import AccessModel
import Foundation
import GRDB
import Testing
import TransparencyLog
import Witnessing

@testable import WitnessDatabase

@Suite("A witness's memory")
struct WitnessFileTests {
    private let folder: URL
    private var path: String { folder.appending(path: "witness.sqlite").path(percentEncoded: false) }
    private static let origin = "log.example/one"

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "witness-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    }

    private func removed(_ body: () async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body()
    }

    private func head(_ size: UInt64, _ word: String = "a") -> CosignedHead {
        let root = MerkleHash.leaf(Array("\(word) \(size)".utf8))
        return CosignedHead(
            size: size,
            root: root,
            note: Array("note \(size)\n".utf8),
            time: Timestamp(microseconds: 7)
        )
    }

    private func evidence(_ kind: ForkEvidence.Kind, _ size: UInt64) -> ForkEvidence {
        ForkEvidence(
            kind: kind,
            origin: Self.origin,
            time: Timestamp(microseconds: 9),
            size: size,
            root: head(size).root,
            cosigned: [1],
            refused: [2]
        )
    }

    @Test("keeps what was stored, and gives it back after it was opened again")
    func keeps() async throws {
        try await removed {
            let file = try WitnessFile(path: path, .new)
            #expect(try await file.head(of: Self.origin) == nil)
            #expect(try await file.advance(Self.origin, from: nil, to: head(5)))
            #expect(try await file.advance(Self.origin, from: head(5), to: head(9)))
            #expect(try await file.advance("log.example/two", from: nil, to: head(3)))
            let again = try WitnessFile(path: path, .existing)
            #expect(try await again.head(of: Self.origin) == head(9))
            #expect(try await again.cosigned(Self.origin, size: 5) == head(5))
            #expect(try await again.cosigned(Self.origin, size: 6) == nil)
            #expect(try await again.head(of: "log.example/two") == head(3))
        }
    }

    @Test("stores nothing where another head stands, and never a smaller one")
    func compares() async throws {
        try await removed {
            let file = try WitnessFile(path: path, .new)
            #expect(try await file.advance(Self.origin, from: nil, to: head(5)))
            #expect(try await !file.advance(Self.origin, from: nil, to: head(6)))
            #expect(try await !file.advance(Self.origin, from: head(4), to: head(6)))
            #expect(try await !file.advance(Self.origin, from: head(5, "b"), to: head(6)))
            #expect(try await !file.advance(Self.origin, from: head(5), to: head(4)))
            #expect(try await file.head(of: Self.origin) == head(5))
        }
    }

    @Test("lets one of many win who saw the same head, also between two that have the file open")
    func race() async throws {
        try await removed {
            let files = [try WitnessFile(path: path, .new), try WitnessFile(path: path, .existing)]
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    let new = head(UInt64(10 + number))
                    group.addTask { try await files[number % 2].advance(Self.origin, from: nil, to: new) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }

    @Test("syncs every transaction before it returns")
    func syncs() async throws {
        try await removed {
            let file = try WitnessFile(path: path, .new)
            #expect(try await file.pragmas() == ["wal", "2"])
        }
    }

    @Test("is made where there is none, and opened where there is one, and nothing else")
    func openings() async throws {
        try await removed {
            #expect(throws: WitnessFileError.missing) { try WitnessFile(path: path, .existing) }
            _ = try WitnessFile(path: path, .new)
            #expect(throws: WitnessFileError.exists) { try WitnessFile(path: path, .new) }
            let other = folder.appending(path: "other.sqlite").path(percentEncoded: false)
            try await DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE t (a)") }
            #expect(throws: WitnessFileError.foreign) { try WitnessFile(path: other, .existing) }
            try Data(repeating: 7, count: 9000).write(to: folder.appending(path: "noise.sqlite"))
            #expect(throws: (any Error).self) {
                try WitnessFile(path: folder.appending(path: "noise.sqlite").path(percentEncoded: false), .existing)
            }
        }
    }

    @Test("settles what came without proof by what was cosigned after it")
    func settles() async throws {
        try await removed {
            let file = try WitnessFile(path: path, .new)
            let other = ForkEvidence(
                kind: .unproven,
                origin: Self.origin,
                time: Timestamp(microseconds: 9),
                size: 5,
                root: head(5, "b").root,
                cosigned: [1],
                refused: [3]
            )
            for piece in [evidence(.unproven, 5), other, evidence(.unproven, 6)] { _ = try await file.keep(piece) }
            #expect(try await file.settle(Self.origin, with: head(5)) == 1)
            #expect(try await file.settle(Self.origin, with: head(5)) == 0)
            let kept = try await file.evidence()
            #expect(kept.map(\.kind) == [.fork, .unproven])
            #expect(kept[0].cosigned == head(5).note && kept[0].refused == [3])
        }
    }

    @Test("keeps each piece of evidence once, all forks, and the last hundred checkpoints without proof")
    func evidenceIsKept() async throws {
        try await removed {
            let file = try WitnessFile(path: path, .new)
            #expect(try await file.keep(evidence(.fork, 5)))
            #expect(try await !file.keep(evidence(.fork, 5)))
            for size in 0..<150 { #expect(try await file.keep(evidence(.unproven, UInt64(size)))) }
            let kept = try await WitnessFile(path: path, .existing).evidence()
            #expect(kept.first == evidence(.fork, 5))
            #expect(kept.dropFirst().map(\.size) == (50..<150).map { UInt64($0) })
        }
    }
}
