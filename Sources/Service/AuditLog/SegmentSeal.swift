import Crypto

/// What ends a segment that is full: `FFFFFFFF` where a length would stand, the count of records in the segment (8),
/// SHA-256 of these 12 (32). 44 bytes; zeros follow to the end of the file. docs/reference/ledger-format.md, Seals.
struct SegmentSeal: Hashable, Sendable {
    static let bytes = 44
    static let marker: UInt32 = .max

    var count: UInt64

    init(count: UInt64) {
        self.count = count
    }

    init?(_ raw: UnsafeRawBufferPointer) {
        guard raw.count >= SegmentSeal.bytes,
            BigEndian.read(UInt32.self, from: raw, at: 0) == SegmentSeal.marker,
            raw[12..<44].elementsEqual(SHA256.hash(data: raw[..<12])),
            let count = BigEndian.read(UInt64.self, from: raw, at: 4)
        else { return nil }
        self.init(count: count)
    }

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        BigEndian.append(SegmentSeal.marker, to: &bytes)
        BigEndian.append(count, to: &bytes)
        bytes.append(contentsOf: SHA256.hash(data: bytes))
        return bytes
    }
}
