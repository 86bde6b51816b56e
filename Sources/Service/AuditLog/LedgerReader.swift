import AccessModel
import Glibc
import Synchronization
import TransparencyLog

/// Reads a ledger, beside the gateway that writes it or without one: no lock, nothing changed.
package final class LedgerReader: Sendable {
    let layout: LedgerLayout
    private let open = Mutex<[UInt64: OpenFile]>([:])
    private static let openFiles = 16

    package init(directory: String) {
        layout = LedgerLayout(directory: directory)
    }

    /// A cursor at the first record, or where an earlier cursor was.
    package func cursor(at position: LedgerPosition? = nil) -> LedgerCursor {
        LedgerCursor(layout: layout, position: position, skippingBelow: 0)
    }

    /// A cursor whose first record is the one at `index`, also if that is yet to come.
    package func cursor(from index: UInt64) -> LedgerCursor {
        LedgerCursor(layout: layout, position: nil, skippingBelow: index)
    }

    /// The record whose frame begins at `offset` of a segment, if it is the one of that index.
    ///
    /// Its hash is returned as it stands there, and not recomputed.
    package func entry(index: UInt64, segment: UInt64, offset: Int64) throws(LedgerError) -> LedgerEntry? {
        let name = LedgerLayout.segmentName(first: segment)
        guard offset >= 0, let file = try file(segment, name: name) else { return try bundled(index) }
        let frame = try file.bytes(at: offset, limit: SegmentCursor.frameBytes, name: name)
        guard frame.count == SegmentCursor.frameBytes,
            let length = frame.withUnsafeBytes({ BigEndian.read(UInt32.self, from: $0, at: 0) }),
            (1...RecordLimits.record).contains(Int(length)), let leaf = MerkleHash(frame[4...])
        else { return nil }
        let start = offset + Int64(SegmentCursor.frameBytes)
        let line = try file.bytes(at: start, limit: Int(length), name: name)
        guard line.count == Int(length), RecordOpening(line)?.index == index else { return nil }
        return LedgerEntry(index: index, line: line, segment: segment, offset: offset, leaf: leaf)
    }

    /// The bytes of a blob, at most `limit`; nil when there is none.
    package func blob(_ digest: String, limit: Int = .max) throws(LedgerError) -> [UInt8]? {
        try BlobStore(layout: layout, files: .system).read(digest, limit: limit)
    }

    /// How far the ledger was last known to be on disk; nil before its first record.
    package func head() throws(LedgerError) -> LedgerHead? {
        try LedgerHead.read(layout)
    }

    /// A record whose segment was deleted.
    private func bundled(_ index: UInt64) throws(LedgerError) -> LedgerEntry? {
        guard let oldest = try layout.segmentIndices().first, index < oldest else { return nil }
        var cursor = BundleCursor(tiles: LedgerTiles(layout: layout), index: index, end: oldest)
        guard let (line, leaf) = try cursor.next(), RecordOpening(line)?.index == index else { return nil }
        return LedgerEntry(index: index, line: Array(line), segment: index, offset: -1, leaf: leaf)
    }

    /// A segment's file; nil where it is not there (any more).
    private func file(_ segment: UInt64, name: String) throws(LedgerError) -> OpenFile? {
        try open.withLock { files throws(LedgerError) in
            if let file = files[segment] { return file }
            let file: OpenFile
            do throws(LedgerError) {
                file = try OpenFile(layout.segment(name), O_RDONLY, name: name)
            } catch {
                if error.code == .unreadable(ENOENT) { return nil }
                throw error
            }
            if files.count >= LedgerReader.openFiles { files.removeAll() }
            files[segment] = file
            return file
        }
    }
}
