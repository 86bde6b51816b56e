import Crypto
import TransparencyLog

/// The first 96 bytes of a segment: `CSLEDGER`, version (4 bytes), length of this header (4), bytes of the file (8),
/// index of the first record (8), SHA-256 of the log's origin (32), SHA-256 of these 64 (32). Numbers big-endian.
/// docs/reference/ledger-format.md, Segments.
struct SegmentHeader: Hashable, Sendable {
    static let bytes = 96
    private static let magic = Array("CSLEDGER".utf8)
    static let version: UInt32 = 2

    var fileBytes: UInt64
    var firstIndex: UInt64
    /// SHA-256 of the log's name: a segment of another log is never taken for one of this.
    var origin: MerkleHash

    init(fileBytes: UInt64, firstIndex: UInt64, origin: MerkleHash) {
        self.fileBytes = fileBytes
        self.firstIndex = firstIndex
        self.origin = origin
    }

    /// What stands in a header for the log's name.
    static func digest(of origin: String) -> MerkleHash {
        MerkleHash(SHA256.hash(data: Array(origin.utf8)))
    }

    /// The version of what begins as a segment does; nil for anything else.
    static func version(of raw: UnsafeRawBufferPointer) -> UInt32? {
        guard raw.count >= 12, raw[..<8].elementsEqual(magic) else { return nil }
        return BigEndian.read(UInt32.self, from: raw, at: 8)
    }

    /// Nil when a byte of the 96 is not as it was written, or the version is another.
    init?(_ raw: UnsafeRawBufferPointer) {
        guard raw.count >= SegmentHeader.bytes else { return nil }
        let digest = SHA256.hash(data: raw[..<64])
        guard raw[64..<96].elementsEqual(digest), raw[..<8].elementsEqual(SegmentHeader.magic),
            BigEndian.read(UInt32.self, from: raw, at: 8) == SegmentHeader.version,
            BigEndian.read(UInt32.self, from: raw, at: 12) == UInt32(SegmentHeader.bytes),
            let fileBytes = BigEndian.read(UInt64.self, from: raw, at: 16), fileBytes <= 1 << 40,
            let firstIndex = BigEndian.read(UInt64.self, from: raw, at: 24), firstIndex < 1 << 48,
            let origin = MerkleHash(UnsafeRawBufferPointer(rebasing: raw[32..<64]))
        else { return nil }
        self.init(fileBytes: fileBytes, firstIndex: firstIndex, origin: origin)
    }

    var encoded: [UInt8] {
        var bytes = SegmentHeader.magic
        BigEndian.append(SegmentHeader.version, to: &bytes)
        BigEndian.append(UInt32(SegmentHeader.bytes), to: &bytes)
        BigEndian.append(fileBytes, to: &bytes)
        BigEndian.append(firstIndex, to: &bytes)
        origin.append(to: &bytes)
        bytes.append(contentsOf: SHA256.hash(data: bytes))
        return bytes
    }
}
