import AccessModel
import Glibc
import TransparencyLog

/// Reads the frames of one segment in order and checks the hash of each. Memory: one window.
///
/// A frame: length of the record (4 bytes, big-endian, 1 to 65,535), its leaf hash (32), the record. A length of 0 is the
/// end, `FFFFFFFF` a seal. What the file does not hold (it was cut short) reads as zeros.
struct SegmentCursor {
    static let frameBytes = 36

    enum Step {
        case record(ArraySlice<UInt8>)
        case sealed(SegmentSeal)
        /// No frame begins here (yet).
        case end
        /// Something stands here that is no frame.
        case bad(String)
    }

    let file: OpenFile
    let name: String
    let header: SegmentHeader
    /// Where the next frame begins.
    private(set) var offset: Int64
    /// The index of the next record, and the leaf hash of the one before it.
    private(set) var index: UInt64
    private(set) var leaf: MerkleHash

    private var window: [UInt8] = []
    private var windowStart: Int64 = 0
    private static let windowBytes = 256 * 1024

    /// Opens a segment at its first record, which follows the one with the hash `leaf`. Throws `.damaged` when the header
    /// is not whole or not the name's, `.outdated` when it is of an earlier version.
    init(
        _ layout: LedgerLayout,
        first: UInt64,
        after leaf: MerkleHash = .emptyRoot,
        writable: Bool = false
    ) throws(LedgerError) {
        let name = LedgerLayout.segmentName(first: first)
        let file = try OpenFile(layout.segment(name), writable ? O_RDWR : O_RDONLY, name: name)
        let head = try file.bytes(limit: SegmentHeader.bytes, name: name)
        if let version = head.withUnsafeBytes({ SegmentHeader.version(of: $0) }), version < SegmentHeader.version {
            throw LedgerError(.outdated(Int(version)), file: name)
        }
        guard let header = head.withUnsafeBytes({ SegmentHeader($0) }) else {
            throw .damaged(name, at: 0, index: first, "the segment's header is not as it was written")
        }
        guard header.firstIndex == first else {
            throw .damaged(name, at: 24, index: first, "the header tells another first record than the file's name")
        }
        self.init(file: file, name: name, header: header, leaf: leaf)
    }

    private init(file: OpenFile, name: String, header: SegmentHeader, leaf: MerkleHash) {
        self.file = file
        self.name = name
        self.header = header
        offset = Int64(SegmentHeader.bytes)
        index = header.firstIndex
        self.leaf = leaf
    }

    /// Goes to a frame that an earlier cursor has reached.
    mutating func move(to offset: Int64, index: UInt64, leaf: MerkleHash) {
        self.offset = offset
        self.index = index
        self.leaf = leaf
        forget()
    }

    /// Makes the next step read the file again: at the end of a segment that is still written.
    mutating func forget() {
        window = []
    }

    mutating func next() throws(LedgerError) -> Step {
        guard let length: UInt32 = try number(at: offset) else { return .end }
        switch length {
        case 0: return .end
        case SegmentSeal.marker: return try seal()
        case 1...UInt32(RecordLimits.record): return try record(Int(length))
        default: return .bad("no record has a length of \(length) bytes")
        }
    }

    private mutating func seal() throws(LedgerError) -> Step {
        let raw = try bytes(at: offset, count: SegmentSeal.bytes)
        guard let seal = raw.withUnsafeBytes({ SegmentSeal($0) }) else {
            return .bad("the seal is not as it was written")
        }
        guard seal.count == index - header.firstIndex else {
            return .bad("the seal counts other records than the segment has")
        }
        return .sealed(seal)
    }

    private mutating func record(_ length: Int) throws(LedgerError) -> Step {
        let end = offset + Int64(SegmentCursor.frameBytes + length)
        guard end + Int64(SegmentSeal.bytes) <= Int64(clamping: header.fileBytes) else {
            return .bad("the record would reach beyond the segment")
        }
        let frame = try bytes(at: offset, count: SegmentCursor.frameBytes + length)
        let record = frame.dropFirst(SegmentCursor.frameBytes)
        let made = MerkleHash.leaf(record)
        let stored = frame.withUnsafeBytes {
            MerkleHash(UnsafeRawBufferPointer(rebasing: $0[4..<SegmentCursor.frameBytes]))
        }
        guard stored == made else { return .bad("the record is not the one that its hash was made of") }
        offset = end
        index += 1
        leaf = made
        return .record(record)
    }

    private mutating func number(at position: Int64) throws(LedgerError) -> UInt32? {
        guard position + Int64(SegmentSeal.bytes) <= Int64(clamping: header.fileBytes) else { return nil }
        let raw = try bytes(at: position, count: 4)
        return raw.withUnsafeBytes { BigEndian.read(UInt32.self, from: $0, at: 0) }
    }

    /// `count` bytes from `position`, from the window where it holds them; zeros beyond the end of the file.
    private mutating func bytes(at position: Int64, count: Int) throws(LedgerError) -> ArraySlice<UInt8> {
        if position < windowStart || position + Int64(count) > windowStart + Int64(window.count) {
            window = try file.bytes(at: position, limit: SegmentCursor.windowBytes, name: name)
            windowStart = position
            if window.count < count { window.append(contentsOf: repeatElement(0, count: count - window.count)) }
        }
        let start = Int(position - windowStart)
        return window[start..<start + count]
    }
}
