/// The key of `hash` masks in the form that HMAC uses it (RFC 2104, section 2, blocks of 64 bytes): the zero-padded key
/// with each byte exclusive-or 0x36, and with 0x5C. Whoever knows either knows the key.
package struct MaskKeys: Hashable, Sendable {
    /// 64 bytes.
    package let inner: [UInt8]
    /// 64 bytes.
    package let outer: [UInt8]

    /// Nil for a key shorter than 32 bytes, which could be guessed, or longer than a block, which HMAC would hash first.
    package init?(key: [UInt8]) {
        guard (32...64).contains(key.count) else { return nil }
        let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
        inner = padded.map { $0 ^ 0x36 }
        outer = padded.map { $0 ^ 0x5C }
    }
}

extension MaskKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "MaskKeys(hidden)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
