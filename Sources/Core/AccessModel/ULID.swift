/// An identifier that sorts by time: 48 bits of milliseconds, then 80 bits, as 26 characters of Crockford's base 32
/// (github.com/ulid/spec). Whoever makes one decides what the 80 bits hold.
package struct ULID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
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

    package static func < (left: ULID, right: ULID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    package var description: String {
        var json = JSONBytes(reserving: 26)
        json.append(self)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func value(of byte: UInt8) -> UInt8? {
        let upper = (0x61...0x7A).contains(byte) ? byte - 32 : byte
        return alphabet.firstIndex(of: upper).map(UInt8.init)
    }

    /// The characters of five bits. A static string is read at its address, where an array would be looked up.
    static var letters: StaticString { "0123456789ABCDEFGHJKMNPQRSTVWXYZ" }

    static let alphabet: [UInt8] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

extension JSONBytes {
    /// Appends the 26 characters, without quotes.
    package mutating func append(_ id: ULID) {
        append(upTo: 26) { $0.put(id) }
    }
}

extension ULID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ULID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no ULID")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
