import Crypto

/// What ends a segment that is full: `FFFFFFFF` where a length would stand, the link of the last record (32 bytes),
/// the count of records in the segment (8), SHA-256 of these 44 (32). 76 bytes; zeros follow to the end of the file.
/// docs/reference/ledger-format.md, Seals.
struct SegmentSeal: Hashable, Sendable {
    static let bytes = 76
    static let marker: UInt32 = .max

    var last: Link
    var count: UInt64

    init(last: Link, count: UInt64) {
        self.last = last
        self.count = count
    }

    init?(_ raw: UnsafeRawBufferPointer) {
        guard raw.count >= SegmentSeal.bytes,
            BigEndian.read(UInt32.self, from: raw, at: 0) == SegmentSeal.marker,
            raw[44..<76].elementsEqual(SHA256.hash(data: raw[..<44])),
            let last = Link(UnsafeRawBufferPointer(rebasing: raw[4..<36])),
            let count = BigEndian.read(UInt64.self, from: raw, at: 36)
        else { return nil }
        self.init(last: last, count: count)
    }

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        BigEndian.append(SegmentSeal.marker, to: &bytes)
        bytes.append(contentsOf: last.array)
        BigEndian.append(count, to: &bytes)
        bytes.append(contentsOf: SHA256.hash(data: bytes))
        return bytes
    }
}
