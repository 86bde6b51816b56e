import AccessModel
import Glibc

/// 16 random bytes for each record, so that nobody can try what a record holds against its hash in the tree. They come
/// from the kernel, 256 records' worth with one read of /dev/urandom; what was given out is not kept.
struct SaltSource {
    private static let capacity = 512

    private var words: [UInt64] = []

    /// As an identifier, for it is written like one; nothing in it is a time.
    /// Throws `.failed` where the kernel gives nothing: a record without a salt is not written.
    mutating func next() throws(LedgerError) -> ULID {
        if words.isEmpty { try refill() }
        guard let high = words.popLast(), let low = words.popLast() else { throw LedgerError(.failed(EIO)) }
        return ULID(high: high, low: low)
    }

    private mutating func refill() throws(LedgerError) {
        let name = "/dev/urandom"
        let bytes = try OpenFile(name, O_RDONLY, name: name).bytes(limit: SaltSource.capacity * 8, name: name)
        guard bytes.count == SaltSource.capacity * 8 else { throw LedgerError(.failed(EIO), file: name) }
        words = bytes.withUnsafeBytes { raw in
            (0..<SaltSource.capacity).map { raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
        }
    }
}
