import Crypto

/// What binds a record to all that came before it: SHA-256(the link before || the record's bytes).
///
/// Four words, not an array: links are made once a record and live in registers and on the stack.
package struct Link: Hashable, Sendable {
    static let bytes = 32

    private var words: (UInt64, UInt64, UInt64, UInt64)

    init(_ digest: SHA256Digest) {
        words = (0, 0, 0, 0)
        digest.withUnsafeBytes { raw in withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: raw) } }
    }

    /// The first 32 bytes of `raw`; nil when there are fewer.
    init?(_ raw: UnsafeRawBufferPointer) {
        guard raw.count >= Link.bytes else { return nil }
        words = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[..<32])) }
    }

    package init?(_ raw: some Collection<UInt8>) {
        let copy = Array(raw)
        guard copy.count == Link.bytes, let link = copy.withUnsafeBytes({ Link($0) }) else { return nil }
        self = link
    }

    /// The link that opens a ledger: 32 random bytes, so that two ledgers never look alike.
    static func random() -> Link {
        var link = Link(SHA256.hash(data: [UInt8]()))
        link.words = (
            .random(in: 0 ... .max), .random(in: 0 ... .max), .random(in: 0 ... .max), .random(in: 0 ... .max)
        )
        return link
    }

    /// The link of a record that follows.
    func following(_ record: UnsafeRawBufferPointer) -> Link {
        var hash = SHA256()
        withUnsafeBytes { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: record)
        return Link(hash.finalize())
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Swift.withUnsafeBytes(of: words, body)
    }

    package static func == (left: Link, right: Link) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    package var array: [UInt8] {
        withUnsafeBytes { Array($0) }
    }

    /// Lower-case hexadecimal.
    package var hex: String {
        Hexadecimal.string(array)
    }
}
