package import Crypto

/// A hash of the tree: 32 bytes of SHA-256, held inline.
///
/// Leaves and nodes are hashed apart (RFC 6962 section 2.1), so that no node can be passed off as a leaf.
package struct MerkleHash: Sendable {
    package static let byteCount = 32

    private var words: (UInt64, UInt64, UInt64, UInt64)

    package init(_ digest: SHA256Digest) {
        words = (0, 0, 0, 0)
        digest.withUnsafeBytes { raw in Swift.withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: raw) } }
    }

    /// Exactly 32 bytes; nil for any other count.
    package init?(_ raw: UnsafeRawBufferPointer) {
        guard raw.count == MerkleHash.byteCount else { return nil }
        words = (0, 0, 0, 0)
        Swift.withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: raw) }
    }

    /// Exactly 32 bytes; nil for any other count.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == MerkleHash.byteCount else { return nil }
        words = (0, 0, 0, 0)
        Swift.withUnsafeMutableBytes(of: &words) { raw in raw.copyBytes(from: bytes) }
    }

    /// 44 letters of canonical base 64.
    package init?(base64 text: some Collection<UInt8>) {
        guard text.count == 44, let bytes = Base64.bytes(text) else { return nil }
        self.init(bytes)
    }

    /// 64 lower-case digits.
    package init?(hex text: String) {
        guard let bytes = CanonicalText.hexadecimal(text.utf8) else { return nil }
        self.init(bytes)
    }

    // MARK: Hashing

    /// The root of a tree without leaves: SHA-256 of nothing.
    package static let emptyRoot = MerkleHash(SHA256.hash(data: [UInt8]()))

    /// SHA-256(0x00 || entry). The entry's bytes are not copied.
    package static func leaf(_ entry: UnsafeRawBufferPointer) -> MerkleHash {
        var hash = SHA256()
        var prefix: UInt8 = 0x00
        Swift.withUnsafeBytes(of: &prefix) { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: entry)
        return MerkleHash(hash.finalize())
    }

    /// The hash of an entry in front of which its 0x00 stands already: with one call less of the library.
    package static func leaf(marked entry: UnsafeRawBufferPointer) -> MerkleHash {
        var hash = SHA256()
        hash.update(bufferPointer: entry)
        return MerkleHash(hash.finalize())
    }

    package static func leaf(_ entry: [UInt8]) -> MerkleHash {
        entry.withUnsafeBytes { leaf($0) }
    }

    package static func leaf(_ entry: ArraySlice<UInt8>) -> MerkleHash {
        entry.withUnsafeBytes { leaf($0) }
    }

    /// SHA-256(0x01 || left || right).
    package static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * byteCount, alignment: 8) { input in
            input[0] = 0x01
            left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: input[1..<33]).copyMemory(from: $0) }
            right.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: input[33..<65]).copyMemory(from: $0) }
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(input))
            return MerkleHash(hash.finalize())
        }
    }

    // MARK: Bytes and texts

    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Swift.withUnsafeBytes(of: words, body)
    }

    package func append(to bytes: inout [UInt8]) {
        withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    package var bytes: [UInt8] {
        withUnsafeBytes { Array($0) }
    }

    package var base64: String {
        withUnsafeBytes { Base64.text($0) }
    }

    /// Lower-case hexadecimal.
    package var hex: String {
        withUnsafeBytes { CanonicalText.hexadecimal(of: $0) }
    }
}

extension MerkleHash: Hashable, CustomStringConvertible {
    package static func == (left: MerkleHash, right: MerkleHash) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }

    package var description: String { hex }
}
