/// Writes a short run of bytes, whose longest length is known, into memory that is there already: the fixed parts of a
/// record, without a look at an array's capacity for each of them.
///
/// Beyond its memory it traps: the bound is the caller's promise, and holds for every value of the types it takes.
/// `public` for its speed alone (docs/decisions/0026-public-on-the-hot-path.md).
public struct ByteCursor: ~Copyable {
    @usableFromInline let memory: UnsafeMutableBufferPointer<UInt8>
    @usableFromInline var used = 0
    /// Bytes that were written.
    @inlinable public var count: Int { used }

    @inlinable
    init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        self.memory = memory
    }

    /// The next `length` bytes, which the caller fills.
    @inlinable
    mutating func take(_ length: Int) -> UnsafeMutablePointer<UInt8> {
        guard length >= 0, length <= memory.count - used, let base = memory.baseAddress else {
            preconditionFailure("more bytes than were asked for")
        }
        defer { used += length }
        return base + used
    }

    /// One byte.
    @inlinable
    public mutating func put(byte: UInt8) {
        take(1).pointee = byte
    }

    /// The bytes of a literal.
    @inlinable
    public mutating func put(_ text: StaticString) {
        take(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// A string of which the caller knows the longest. Not for literals, which are no string yet.
    package mutating func put(string text: String) {
        var copy = text
        copy.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return }
            take(bytes.count).update(from: start, count: bytes.count)
        }
    }

    /// Bytes as they are.
    @inlinable
    public mutating func put(_ raw: [UInt8]) {
        raw.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            take(bytes.count).update(from: start, count: bytes.count)
        }
    }

    /// In decimal.
    @inlinable
    public mutating func put(_ value: UInt64) {
        var length = 1
        var rest = value / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        put(value, width: length)
    }

    /// The last `width` decimal digits, with zeros before them.
    @inlinable
    public mutating func put(_ value: UInt64, width: Int) {
        let text = take(width)
        var (rest, position) = (value, width)
        while position > 1 {
            position -= 2
            let pair = rest % 100
            text[position] = 0x30 + UInt8(truncatingIfNeeded: pair / 10)
            text[position + 1] = 0x30 + UInt8(truncatingIfNeeded: pair % 10)
            rest /= 100
        }
        if position == 1 { text[0] = 0x30 + UInt8(truncatingIfNeeded: rest % 10) }
    }

    /// The 26 characters of an identifier.
    package mutating func put(_ id: ULID) {
        let text = UnsafeMutableRawPointer(take(26))
        // Eight characters are 40 bits; of the first eight here, six are none.
        text.storeBytes(of: UInt16(truncatingIfNeeded: ULID.letters(id.high >> 56) >> 48), as: UInt16.self)
        text.storeBytes(of: ULID.letters(id.high >> 16), toByteOffset: 2, as: UInt64.self)
        text.storeBytes(of: ULID.letters(id.high << 24 | id.low >> 40), toByteOffset: 10, as: UInt64.self)
        text.storeBytes(of: ULID.letters(id.low), toByteOffset: 18, as: UInt64.self)
    }

    /// RFC 3339 with microseconds: `2026-11-23T22:13:47.123456Z`.
    package mutating func put(_ moment: Timestamp) {
        putSecond(moment.seconds)
        put(UInt64(truncatingIfNeeded: moment.microseconds - moment.seconds * 1_000_000), width: 6)
        put(byte: 0x5A)
    }

    /// `2026-11-23T22:13:47.`: the part of a moment that those of the same second share.
    package mutating func putSecond(_ seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = UInt64(truncatingIfNeeded: seconds - days * 86_400)
        let date = Timestamp.civil(days: days)
        put(UInt64(truncatingIfNeeded: date.year), width: 4)
        put(byte: 0x2D)
        put(UInt64(truncatingIfNeeded: date.month), width: 2)
        put(byte: 0x2D)
        put(UInt64(truncatingIfNeeded: date.day), width: 2)
        put(byte: 0x54)
        put(second / 3600, width: 2)
        put(byte: 0x3A)
        put(second / 60 % 60, width: 2)
        put(byte: 0x3A)
        put(second % 60, width: 2)
        put(byte: 0x2E)
    }
}

extension JSONBytes {
    /// Appends what `body` writes, `limit` bytes at most.
    @inlinable
    public mutating func append(upTo limit: Int, _ body: (inout ByteCursor) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: limit) { memory in
            var cursor = ByteCursor(memory)
            body(&cursor)
            written.append(contentsOf: UnsafeBufferPointer(rebasing: memory[..<cursor.count]))
        }
    }
}
