import AccessModel

/// A reader of RFC 8259 JSON that takes nothing two readers could understand differently: no duplicate members, no
/// invalid UTF-8, no lone surrogates, no comments, no trailing commas, nothing after the value.
///
/// Names that Unicode holds canonically equivalent count as duplicates. An integer outside Int64 is refused rather
/// than rounded, because rounded ids would be equal.
struct StrictJSON {
    private var bytes: ArraySlice<UInt8>
    private var depth: Int

    /// Reads exactly one object, with at most `depth` nested objects and arrays.
    static func object(
        _ bytes: [UInt8],
        depth: Int = IdentityLimits.depth
    ) throws(JSONFault) -> [String: ClaimValue] {
        var reader = StrictJSON(bytes: bytes[...], depth: depth)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.bytes.isEmpty, case .object(let members) = value else { throw .syntax }
        return members
    }

    private mutating func value() throws(JSONFault) -> ClaimValue {
        skipSpace()
        switch bytes.first {
        case 0x7B: return .object(try object())
        case 0x5B: return .array(try array())
        case 0x22: return .string(try string())
        case 0x74: return try literal("true", .boolean(true))
        case 0x66: return try literal("false", .boolean(false))
        case 0x6E: return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(JSONFault) -> [String: ClaimValue] {
        try descend()
        var members: [String: ClaimValue] = [:]
        skipSpace()
        if take(0x7D) { return ascend(members) }
        repeat {
            skipSpace()
            let name = try string()
            guard name.utf8.count <= IdentityLimits.memberName else { throw .nameTooLong }
            skipSpace()
            guard take(0x3A) else { throw .syntax }
            let member = try value()
            guard members.updateValue(member, forKey: name) == nil else { throw .duplicateMember }
            skipSpace()
        } while take(0x2C)
        guard take(0x7D) else { throw .syntax }
        return ascend(members)
    }

    private mutating func array() throws(JSONFault) -> [ClaimValue] {
        try descend()
        var elements: [ClaimValue] = []
        skipSpace()
        if take(0x5D) { return ascend(elements) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(0x2C)
        guard take(0x5D) else { throw .syntax }
        return ascend(elements)
    }

    /// Steps over the opening bracket.
    private mutating func descend() throws(JSONFault) {
        guard depth > 0 else { throw .tooDeep }
        depth -= 1
        bytes.removeFirst()
    }

    private mutating func ascend<Container>(_ container: Container) -> Container {
        depth += 1
        return container
    }

    private mutating func literal(_ word: StaticString, _ value: ClaimValue) throws(JSONFault) -> ClaimValue {
        let matches = word.withUTF8Buffer { bytes.starts(with: $0) }
        guard matches else { throw .syntax }
        bytes.removeFirst(word.utf8CodeUnitCount)
        return value
    }

    private mutating func number() throws(JSONFault) -> ClaimValue {
        let start = bytes
        _ = take(0x2D)
        guard let first = bytes.first, let digits = skipDigits(), first != 0x30 || digits == 1 else { throw .syntax }
        var isInteger = true
        if take(0x2E) {
            isInteger = false
            guard skipDigits() != nil else { throw .syntax }
        }
        if take(0x65) || take(0x45) {
            isInteger = false
            if !take(0x2B) { _ = take(0x2D) }
            guard skipDigits() != nil else { throw .syntax }
        }
        let text = String(decoding: start[..<bytes.startIndex], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard !isInteger, let value = Double(text), value.isFinite else { throw .numberOutOfRange }
        return .number(value)
    }

    private mutating func skipDigits() -> Int? {
        let count = bytes.prefix(while: { (0x30...0x39).contains($0) }).count
        bytes.removeFirst(count)
        return count > 0 ? count : nil
    }

    private mutating func string() throws(JSONFault) -> String {
        guard take(0x22) else { throw .syntax }
        var content: [UInt8] = []
        while true {
            let plain = bytes.prefix(while: { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C })
            content.append(contentsOf: plain)
            bytes.removeFirst(plain.count)
            if take(0x22) { break }
            guard take(0x5C) else { throw .syntax }
            try appendEscaped(to: &content)
        }
        guard let text = String(validating: content, as: UTF8.self) else { throw .syntax }
        return text
    }

    private mutating func appendEscaped(to content: inout [UInt8]) throws(JSONFault) {
        switch bytes.popFirst() {
        case 0x22: content.append(0x22)
        case 0x5C: content.append(0x5C)
        case 0x2F: content.append(0x2F)
        case 0x62: content.append(0x08)
        case 0x66: content.append(0x0C)
        case 0x6E: content.append(0x0A)
        case 0x72: content.append(0x0D)
        case 0x74: content.append(0x09)
        case 0x75: content.append(contentsOf: Array(String(try escapedScalar()).utf8))
        default: throw .syntax
        }
    }

    /// Four hexadecimal digits, or a surrogate pair of them (RFC 8259 section 7).
    private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, take(0x5C), take(0x75) else { throw .syntax }
        let low = try codeUnit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw .syntax }
        return scalar
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = bytes.popFirst(), let value = Character(Unicode.Scalar(digit)).hexDigitValue else {
                throw .syntax
            }
            unit = unit << 4 | UInt32(value)
        }
        return unit
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard bytes.first == byte else { return false }
        bytes.removeFirst()
        return true
    }

    private mutating func skipSpace() {
        bytes = bytes.drop(while: { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 })
    }
}
