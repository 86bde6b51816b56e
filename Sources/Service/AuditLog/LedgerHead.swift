package import AccessModel
import Crypto
import Glibc
package import TransparencyLog

/// How far the ledger was known to be on disk: the count of records, the hash of the last one, and when that was written.
///
/// A text of six lines: `countersign ledger head v2`, size, leaf hash, time, boot, SHA-256 of the lines before. It is replaced
/// as a whole, so that a tail cut below it is noticed.
package struct LedgerHead: Hashable, Sendable {
    package var size: UInt64
    /// Of the last record; the empty tree's root where there is none.
    package var leaf: MerkleHash
    package var time: Timestamp
    /// The kernel's name for the machine's uptime in which this was written; empty where it has none. With another
    /// one, the machine was down since.
    package var boot: String

    private static let title = "countersign ledger head v2"
    private static let outdated = "countersign ledger head v1\n"

    init(size: UInt64, leaf: MerkleHash, time: Timestamp, boot: String) {
        self.size = size
        self.leaf = leaf
        self.time = time
        self.boot = boot
    }

    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 7, lines[6].isEmpty, lines[0] == LedgerHead.title,
            let size = UInt64(lines[1]), let leaf = MerkleHash(hex: String(lines[2])),
            let time = Timestamp(rfc3339: String(lines[3]))
        else { return nil }
        self.init(size: size, leaf: leaf, time: time, boot: String(lines[4]))
        guard encoded == text else { return nil }
    }

    var encoded: String {
        let lines = "\(LedgerHead.title)\n\(size)\n\(leaf.hex)\n\(time)\n\(boot)\n"
        return lines + Hexadecimal.string(SHA256.hash(data: Array(lines.utf8))) + "\n"
    }

    /// The head of a ledger; nil when none was written yet.
    static func read(_ layout: LedgerLayout) throws(LedgerError) -> LedgerHead? {
        let file: OpenFile
        do throws(LedgerError) {
            file = try OpenFile(layout.head, O_RDONLY, name: "head")
        } catch {
            if error.code == .unreadable(ENOENT) { return nil }
            throw error
        }
        let bytes = try file.bytes(limit: 1024, name: "head")
        if bytes.starts(with: outdated.utf8) { throw LedgerError(.outdated(1), file: "head") }
        guard let head = LedgerHead(String(decoding: bytes, as: UTF8.self)) else {
            throw .damaged("head", at: 0, "the head is not as it was written")
        }
        return head
    }

    /// Replaces the head on disk.
    /// - Returns: the `errno` that prevented it, or 0. The old head stands then.
    func replace(in layout: LedgerLayout, with files: FileOperations) -> Int32 {
        let temporary = layout.head + ".next"
        let failure = DurableFile.write(Array(encoded.utf8), to: temporary, with: files)
        guard failure == 0 else { return failure }
        // A crash before the rename leaves the old head, which is true of less; after it, the new one.
        let renamed = files.rename(temporary, layout.head)
        guard renamed == 0 else { return -renamed }
        return DurableFile.syncDirectory(layout.directory, with: files)
    }
}
