/// A protocol version: major in the upper 16 bits, minor in the lower.
package struct ProtocolVersion: Hashable, Comparable, Sendable {
    package static let version30 = ProtocolVersion(code: 3 << 16)
    package static let version32 = ProtocolVersion(code: 3 << 16 | 2)

    package var code: UInt32

    package init(code: UInt32) {
        self.code = code
    }

    package var major: UInt32 { code >> 16 }
    package var minor: UInt32 { code & 0xFFFF }

    package static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool {
        left.code < right.code
    }

    /// What this gateway speaks when a client asks for `self`: 3.2 where it is asked for or more, else 3.0 (3.1 was
    /// never released, and its number is reserved).
    package var negotiated: ProtocolVersion {
        self >= .version32 ? .version32 : .version30
    }
}
