/// Writes a short run of bytes, whose longest length is known, into memory that is there already: the fixed parts of a
/// record, without a look at an array's capacity for each of them.
///
/// Beyond its memory it traps: the bound is the caller's promise, and holds for every value of the types it takes.
package struct ByteCursor: ~Copyable {
    private let memory: UnsafeMutableBufferPointer<UInt8>
    package private(set) var count = 0

    fileprivate init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        self.memory = memory
    }

    /// The next `length` bytes, which the caller fills.
    private mutating func take(_ length: Int) -> UnsafeMutablePointer<UInt8> {
        guard length >= 0, length <= memory.count - count, let base = memory.baseAddress else {
            preconditionFailure("more bytes than were asked for")
        }
        defer { count += length }
        return base + count
    }

    package mutating func put(byte: UInt8) {
        take(1).pointee = byte
    }

    package mutating func put(_ text: StaticString) {
        take(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// A string of which the caller knows the longest.
    package mutating func put(_ text: String) {
        var copy = text
        copy.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return }
            take(bytes.count).update(from: start, count: bytes.count)
        }
    }

    package mutating func put(_ raw: [UInt8]) {
        raw.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            take(bytes.count).update(from: start, count: bytes.count)
        }
    }

    /// In decimal.
    package mutating func put(_ value: UInt64) {
        var length = 1
        var rest = value / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        put(value, width: length)
    }

    /// The last `width` decimal digits, with zeros before them.
    package mutating func put(_ value: UInt64, width: Int) {
        let text = take(width)
        var rest = value
        for position in stride(from: width - 1, through: 0, by: -1) {
            text[position] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// The 26 characters of an identifier.
    package mutating func put(_ id: ULID) {
        let text = take(26)
        let letters = ULID.letters.utf8Start
        // Twelve characters are 60 bits: three words in place of a shift through all 128 bits for each character.
        var word = id.low
        for position in stride(from: 25, through: 14, by: -1) {
            text[position] = letters[Int(word & 31)]
            word >>= 5
        }
        word = id.low >> 60 | id.high << 4
        for position in stride(from: 13, through: 2, by: -1) {
            text[position] = letters[Int(word & 31)]
            word >>= 5
        }
        word = id.high >> 56
        text[1] = letters[Int(word & 31)]
        text[0] = letters[Int(word >> 5 & 31)]
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
    package mutating func append(upTo limit: Int, _ body: (inout ByteCursor) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: limit) { memory in
            var cursor = ByteCursor(memory)
            body(&cursor)
            appendRaw(UnsafeBufferPointer(rebasing: memory[..<cursor.count]))
        }
    }
}
