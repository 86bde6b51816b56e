import AccessModel
import Foundation
import Testing

@testable import AuditLog

/// A file system of one MiB, where this process may mount one.
private final class SmallDisk: Sendable {
    let path: String

    static let isPossible: Bool = (try? SmallDisk()) != nil

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/countersign-disk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=1m,mode=0700") == 0 else {
            try? FileManager.default.removeItem(atPath: path)
            throw LedgerError(.unreadable(errno))
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Takes all the room that is left.
    func fill() {
        guard let file = fopen(path + "/filler", "w") else { return }
        let block = [UInt8](repeating: 1, count: 4096)
        while fwrite(block, 1, block.count, file) == block.count, fflush(file) == 0 {}
        fclose(file)
    }

    /// Gives it back.
    func clear() { unlink(path + "/filler") }
}

@Suite("A disk that fills up", .enabled(if: SmallDisk.isPossible, "mounting is not allowed here"))
struct SmallDiskTests {
    @Test(
        "Commands are refused while there is no room, outcomes of what ran are taken, and nothing that was taken is lost"
    )
    func fillsUp() async throws {
        let disk = try SmallDisk()
        let place = try Workplace(in: disk.path)
        let ledger = try place.open()
        var running: [RecordReference] = []
        for _ in 0..<3 {
            disk.fill()
            #expect(throws: LedgerError(.full)) {
                while true { running.append(try ledger.append(.command())) }
            }
            #expect(ledger.state == .full)
            for command in running.suffix(30) { _ = try ledger.appendOutcome(.outcome(of: command)) }
            disk.clear()
            #expect(await eventually { ledger.state == .accepting })
        }
        disk.fill()
        ledger.close()
        disk.clear()
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        #expect(summary.records == UInt64(running.count + 90))
    }

    @Test("A blob without room is refused, and leaves nothing behind")
    func blob() throws {
        let disk = try SmallDisk()
        let place = try Workplace(in: disk.path)
        let ledger = try place.open()
        #expect(throws: LedgerError.self) { try ledger.storeBlob([UInt8](repeating: 7, count: 2 << 20)) }
        let left = FileManager.default.enumerator(atPath: place.layout.blobs)?.compactMap { $0 as? String } ?? []
        #expect(left.filter { $0.contains("/") }.isEmpty)
        _ = try ledger.storeBlob([UInt8](repeating: 7, count: 1000))
    }

    @Test("A ledger does not begin on a disk without room for it, and begins when there is room")
    func begins() throws {
        let disk = try SmallDisk()
        let place = try Workplace(in: disk.path)
        disk.fill()
        #expect(throws: LedgerError.self) { try place.open() }
        disk.clear()
        _ = try place.open().append(.command())
    }
}
