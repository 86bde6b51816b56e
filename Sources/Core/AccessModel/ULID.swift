/// An identifier that sorts by time: 48 bits of milliseconds, then 80 bits, as 26 characters of Crockford's base 32
/// (github.com/ulid/spec). Whoever makes one decides what the 80 bits hold.
public struct ULID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The upper 64 bits: milliseconds, then 16 more.
    public var high: UInt64
    /// The lower 64 bits.
    public var low: UInt64

    /// As it is in two words.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// `tail` holds the lower 80 bits: its upper 16 in `tailHigh`, the rest in `tailLow`.
    package init(at moment: Timestamp, tailHigh: UInt16, tailLow: UInt64) {
        high = UInt64(max(0, moment.microseconds / 1000)) << 16 | UInt64(tailHigh)
        low = tailLow
    }

    /// Parses 26 characters in either case. Nil for anything else, and above 2^128.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 26 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (position, byte) in text.utf8.enumerated() {
            guard let value = ULID.value(of: byte), position > 0 || value < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        self.init(high: high, low: low)
    }

    /// By time, then by the other bits.
    public static func < (left: ULID, right: ULID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// The 26 characters.
    public var description: String {
        var json = JSONBytes(reserving: 26)
        json.append(self)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func value(of byte: UInt8) -> UInt8? {
        let upper = (0x61...0x7A).contains(byte) ? byte - 32 : byte
        return alphabet.firstIndex(of: upper).map(UInt8.init)
    }

    /// The characters of the lower 40 bits, the first one in the lowest byte.
    @inline(__always)
    static func letters(_ bits: UInt64) -> UInt64 {
        // Halved three times: 20, 10 and then 5 bits to a lane, of a byte in the end.
        var lanes = (bits & 0xFF_FFF0_0000) << 12 | bits & 0xF_FFFF
        lanes = (lanes & 0x000F_FC00_000F_FC00) << 6 | lanes & 0x0000_03FF_0000_03FF
        lanes = (lanes & 0x03E0_03E0_03E0_03E0) << 3 | lanes & 0x001F_001F_001F_001F
        // Digits and letters, without I, L, O and U: in each lane one more for each of these that is below it.
        let ones: UInt64 = 0x0101_0101_0101_0101
        func isAtLeast(_ least: UInt64) -> UInt64 { (lanes + ones * (128 - least)) >> 7 & ones }
        let skipped = isAtLeast(18) + isAtLeast(20) + isAtLeast(22) + isAtLeast(27)
        return (lanes + ones * 0x30 + isAtLeast(10) * 7 + skipped).byteSwapped
    }

    static let alphabet: [UInt8] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

extension JSONBytes {
    /// Appends the 26 characters, without quotes.
    package mutating func append(_ id: ULID) {
        append(upTo: 26) { $0.put(id) }
    }
}

extension ULID: Codable {
    /// From its 26 characters.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ULID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no ULID")
        }
        self = id
    }

    /// As its 26 characters.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
