/// The members of one JSON object, as ranges of the text that holds it.
package struct JSONMembers: Sendable {
    package let text: JSONText
    /// In the order of the text: name without its quotes, value.
    package private(set) var members: [(name: Range<Int>, value: Range<Int>)] = []

    /// Nil unless `range` is exactly one well-formed object, no member of which occurs twice.
    package init?(_ text: JSONText, in range: Range<Int>) {
        self.text = text
        members.reserveCapacity(12)
        var found = members
        guard text.walk(range.lowerBound, range.upperBound, 0, { found.append(($0, $1)) }) == range.upperBound else {
            return nil
        }
        members = found
        for (position, member) in members.enumerated() {
            let isTwice = members[..<position].contains {
                text.bytes[$0.name].elementsEqual(text.bytes[member.name])
            }
            if isTwice { return nil }
        }
    }

    package init?(_ bytes: [UInt8]) {
        self.init(JSONText(bytes), in: 0..<bytes.count)
    }

    /// The value of a member; nil where there is none.
    package subscript(name: StaticString) -> Range<Int>? {
        name.withUTF8Buffer { wanted in
            members.first { text.bytes[$0.name].elementsEqual(wanted) }?.value
        }
    }

    /// The value of a member as written.
    package func raw(_ name: StaticString) -> ArraySlice<UInt8>? {
        self[name].map { text.bytes[$0] }
    }

    /// A member that is an object.
    package func object(_ name: StaticString) -> JSONMembers? {
        self[name].flatMap { JSONMembers(text, in: $0) }
    }

    /// A member that is a string, its escapes resolved; nil where it is anything else.
    package func string(_ name: StaticString) -> String? {
        self[name].flatMap { text.string(at: $0) }
    }

    /// A member that is a whole number from 0 on.
    package func number(_ name: StaticString) -> UInt64? {
        raw(name).flatMap { UInt64(String(decoding: $0, as: UTF8.self)) }
    }

    /// Whether a member stands there as `null`.
    package func isNull(_ name: StaticString) -> Bool {
        raw(name)?.first == 0x6E
    }
}

extension JSONText {
    /// The string at `range`, its escapes resolved; nil where it is not a string. A lone surrogate becomes U+FFFD.
    package func string(at range: Range<Int>) -> String? {
        guard range.count >= 2, bytes[range.lowerBound] == 0x22 else { return nil }
        let inner = bytes[range.lowerBound + 1..<range.upperBound - 1]
        guard inner.contains(0x5C) else { return String(decoding: inner, as: UTF8.self) }
        var units: [UInt16] = []
        var plain: [UInt8] = []
        func flush() {
            units.append(contentsOf: String(decoding: plain, as: UTF8.self).utf16)
            plain.removeAll(keepingCapacity: true)
        }
        var position = inner.startIndex
        while position < inner.endIndex {
            guard inner[position] == 0x5C, position + 1 < inner.endIndex else {
                plain.append(inner[position])
                position += 1
                continue
            }
            flush()
            if inner[position + 1] == 0x75, position + 6 <= inner.endIndex {
                units.append(JSONText.unit(inner[position + 2..<position + 6]) ?? 0xFFFD)
                position += 6
            } else {
                units.append(JSONText.escaped(inner[position + 1]))
                position += 2
            }
        }
        flush()
        return String(decoding: units, as: UTF16.self)
    }

    private static func escaped(_ letter: UInt8) -> UInt16 {
        switch letter {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: UInt16(letter)
        }
    }
}
