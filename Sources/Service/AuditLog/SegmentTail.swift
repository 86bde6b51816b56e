import AccessModel
import Glibc
import TransparencyLog

/// What stands in a segment after its last good frame.
struct SegmentTail {
    let file: OpenFile
    let name: String
    let start: Int64

    private static let chunk = 1 << 20

    /// The extent of bytes that are not zero, from `start` on; nil when all are.
    func remains() throws(LedgerError) -> Range<Int64>? {
        var first: Int64?
        var last: Int64 = start
        var position = start
        while true {
            let bytes = try file.bytes(at: position, limit: SegmentTail.chunk, name: name)
            guard !bytes.isEmpty else { break }
            if !SegmentTail.isZero(bytes) {
                if first == nil, let index = bytes.firstIndex(where: { $0 != 0 }) { first = position + Int64(index) }
                if let index = bytes.lastIndex(where: { $0 != 0 }) { last = position + Int64(index) + 1 }
            }
            position += Int64(bytes.count)
        }
        return first.map { $0..<last }
    }

    private static func isZero(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress, raw.count > 1 else { return raw.allSatisfy { $0 == 0 } }
            return raw[0] == 0 && memcmp(base, base + 1, raw.count - 1) == 0
        }
    }

    /// Whether a later record than `index` comes after a bad frame at `start`: then it is not the end
    /// that was torn, but something before the end that was changed.
    ///
    /// Candidates are found by how every record begins; one counts when its hash is right and it says that it is a later
    /// one. No statement can hold one: a frame's length has bytes that JSON escapes.
    func isFollowedByRecords(until end: Int64, after index: UInt64) throws(LedgerError) -> Bool {
        let bytes = try file.bytes(at: start, limit: Int(end - start) + SegmentCursor.frameBytes, name: name)
        return bytes.withUnsafeBytes { raw in
            var position = 1
            while let candidate = SegmentTail.candidate(in: raw, from: position) {
                position = candidate + 1
                guard let record = SegmentTail.record(in: raw, at: candidate),
                    let stored = MerkleHash(raw[(candidate + 4)..<(candidate + SegmentCursor.frameBytes)])
                else { continue }
                if stored == .leaf(record), let opening = RecordOpening(record), opening.index > index { return true }
            }
            return false
        }
    }

    private static func record(in raw: UnsafeRawBufferPointer, at frame: Int) -> UnsafeRawBufferPointer? {
        guard let length = BigEndian.read(UInt32.self, from: raw, at: frame),
            (1...RecordLimits.record).contains(Int(length))
        else { return nil }
        let start = frame + SegmentCursor.frameBytes
        guard raw.count - start >= Int(length) else { return nil }
        return UnsafeRawBufferPointer(rebasing: raw[start..<start + Int(length)])
    }

    /// The start of the next frame whose record begins as records do.
    private static func candidate(in raw: UnsafeRawBufferPointer, from position: Int) -> Int? {
        var from = position + SegmentCursor.frameBytes
        let opening: StaticString = "{\"id\":\""
        let length = opening.utf8CodeUnitCount
        while raw.count - from >= length {
            guard let brace = raw[from...].firstIndex(of: 0x7B), raw.count - brace >= length else { return nil }
            let isOpening = UnsafeRawBufferPointer(rebasing: raw[brace..<brace + length])
                .elementsEqual(UnsafeRawBufferPointer(start: opening.utf8Start, count: length))
            if isOpening { return brace - SegmentCursor.frameBytes }
            from = brace + 1
        }
        return nil
    }
}
