/// A writer of compact JSON into bytes, for records: no intermediate strings, no reflection, fixed order of members.
///
/// It writes what it is told; `member` puts the comma and the name. Strings are escaped as RFC 8259 section 7 asks,
/// and invalid UTF-8 becomes U+FFFD, so that a line never holds a raw control character or a newline.
/// `public` for its speed alone (docs/decisions/0026-public-on-the-hot-path.md).
public struct JSONBytes: Sendable {
    @usableFromInline var written: [UInt8]
    /// What was written.
    @inlinable public var bytes: [UInt8] { written }
    /// How many bytes that are.
    @inlinable public var count: Int { written.count }

    /// Empty, with room for so many bytes.
    @inlinable
    public init(reserving capacity: Int = 256) {
        written = []
        written.reserveCapacity(capacity)
    }

    /// Begins anew in the same memory.
    @inlinable
    public mutating func removeAll() {
        written.removeAll(keepingCapacity: true)
    }

    /// Appends bytes that are JSON already. One overload a type: a generic one is not specialised across modules, and
    /// costs more than the copy.
    @inlinable
    public mutating func appendRaw(_ raw: [UInt8]) {
        written.append(contentsOf: raw)
    }

    /// Appends bytes that are JSON already.
    @inlinable
    public mutating func appendRaw(_ raw: UnsafeBufferPointer<UInt8>) {
        written.append(contentsOf: raw)
    }

    /// Appends bytes that are JSON already.
    @inlinable
    public mutating func appendRaw(_ raw: ArraySlice<UInt8>) {
        written.append(contentsOf: raw)
    }

    /// Appends one byte.
    @inlinable
    public mutating func appendRaw(byte: UInt8) {
        written.append(byte)
    }

    package mutating func appendRaw(_ raw: String.UTF8View) {
        written.append(contentsOf: raw)
    }

    /// Appends JSON that the program holds.
    @inlinable
    public mutating func appendRaw(_ raw: StaticString) {
        raw.withUTF8Buffer { written.append(contentsOf: $0) }
    }

    package mutating func appendNull() {
        appendRaw("null")
    }

    package mutating func append(_ value: Bool) {
        appendRaw(value ? "true" : "false")
    }

    package mutating func append(_ value: Int64) {
        if value < 0 {
            written.append(0x2D)
        }
        append(value.magnitude)
    }

    package mutating func append(_ value: UInt64) {
        append(upTo: 20) { $0.put(value) }
    }

    package mutating func append(_ value: String) {
        var copy = value
        written.append(0x22)
        copy.withUTF8 { appendEscaped($0) }
        written.append(0x22)
    }

    /// Appends a string, or `null`.
    package mutating func append(_ value: String?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ values: [String]) {
        written.append(0x5B)
        for (index, value) in values.enumerated() {
            if index > 0 { written.append(0x2C) }
            append(value)
        }
        written.append(0x5D)
    }

    /// Appends bytes as a JSON string; they are taken as UTF-8 and repaired where they are not.
    package mutating func appendString(utf8 raw: UnsafeBufferPointer<UInt8>) {
        written.append(0x22)
        appendEscaped(raw)
        written.append(0x22)
    }

    /// Appends `"…Z"`, RFC 3339 with microseconds, without the quotes.
    package mutating func appendTimestamp(_ moment: Timestamp) {
        append(upTo: 27) { $0.put(moment) }
    }

    /// Appends `"name":`, after a comma unless this is the first member of its object.
    package mutating func member(_ name: StaticString) {
        if let last = written.last, last != 0x7B { written.append(0x2C) }
        written.append(0x22)
        appendRaw(name)
        written.append(0x22)
        written.append(0x3A)
    }

    private mutating func appendEscaped(_ raw: UnsafeBufferPointer<UInt8>) {
        var plain = raw.startIndex
        var index = raw.startIndex
        while index < raw.endIndex {
            let byte = raw[index]
            if byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C {
                index += 1
                continue
            }
            if byte >= 0x80, let length = JSONBytes.sequenceLength(raw, at: index) {
                index += length
                continue
            }
            written.append(contentsOf: UnsafeBufferPointer(rebasing: raw[plain..<index]))
            appendEscape(of: byte)
            index += 1
            plain = index
        }
        written.append(contentsOf: UnsafeBufferPointer(rebasing: raw[plain..<index]))
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case 0x22: appendRaw("\\\"")
        case 0x5C: appendRaw("\\\\")
        case 0x0A: appendRaw("\\n")
        case 0x0D: appendRaw("\\r")
        case 0x09: appendRaw("\\t")
        case 0x80...: appendRaw("\\ufffd")
        default:
            appendRaw("\\u00")
            written.append(JSONBytes.hexDigit(byte >> 4))
            written.append(JSONBytes.hexDigit(byte & 15))
        }
    }

    package static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 + nibble : 0x57 + nibble
    }

    /// The length of the well-formed UTF-8 sequence that starts here (Unicode, table 3-7), or nil.
    private static func sequenceLength(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        func tail(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + offset < raw.endIndex && range.contains(raw[index + offset])
        }
        switch raw[index] {
        case 0xC2...0xDF: return tail(1) ? 2 : nil
        case 0xE0: return tail(1, 0xA0...0xBF) && tail(2) ? 3 : nil
        case 0xED: return tail(1, 0x80...0x9F) && tail(2) ? 3 : nil
        case 0xE1...0xEF: return tail(1) && tail(2) ? 3 : nil
        case 0xF0: return tail(1, 0x90...0xBF) && tail(2) && tail(3) ? 4 : nil
        case 0xF1...0xF3: return tail(1) && tail(2) && tail(3) ? 4 : nil
        case 0xF4: return tail(1, 0x80...0x8F) && tail(2) && tail(3) ? 4 : nil
        default: return nil
        }
    }
}
