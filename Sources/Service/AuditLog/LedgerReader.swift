import AccessModel
import Glibc
import Synchronization

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
    package func cursor(from index: UInt64) throws(LedgerError) -> LedgerCursor {
        let segment = try layout.segmentIndices().last { $0 <= index }
        return LedgerCursor(layout: layout, segment: segment, skippingBelow: index)
    }

    /// The record whose frame begins at `offset` of a segment, if it is the one of that index.
    ///
    /// Its link is returned and not checked: that takes the record before it, which a cursor reads.
    package func entry(index: UInt64, segment: UInt64, offset: Int64) throws(LedgerError) -> LedgerEntry? {
        let name = LedgerLayout.segmentName(first: segment)
        let file = try file(segment, name: name)
        let frame = try file.bytes(at: offset, limit: SegmentCursor.frameBytes, name: name)
        guard frame.count == SegmentCursor.frameBytes,
            let length = frame.withUnsafeBytes({ BigEndian.read(UInt32.self, from: $0, at: 0) }),
            (1...RecordLimits.record).contains(Int(length)), let link = Link(frame[4...])
        else { return nil }
        let start = offset + Int64(SegmentCursor.frameBytes)
        let line = try file.bytes(at: start, limit: Int(length), name: name)
        guard line.count == Int(length), RecordOpening(line)?.index == index else { return nil }
        return LedgerEntry(index: index, line: line, segment: segment, offset: offset, link: link)
    }

    /// The bytes of a blob, at most `limit`; nil when there is none.
    package func blob(_ digest: String, limit: Int = .max) throws(LedgerError) -> [UInt8]? {
        try BlobStore(layout: layout, files: .system).read(digest, limit: limit)
    }

    /// How far the ledger was last known to be on disk; nil before its first record.
    package func head() throws(LedgerError) -> LedgerHead? {
        try LedgerHead.read(layout)
    }

    private func file(_ segment: UInt64, name: String) throws(LedgerError) -> OpenFile {
        try open.withLock { files throws(LedgerError) in
            if let file = files[segment] { return file }
            let file = try OpenFile(layout.segment(name), O_RDONLY, name: name)
            if files.count >= LedgerReader.openFiles { files.removeAll() }
            files[segment] = file
            return file
        }
    }
}
