internal import AccessModel

/// JSON as pages read it: what is missing is null, so that a page can ask without a guard at each step.
indirect enum PageJSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As it was written.
    case number(String)
    case string(String)
    case array([PageJSON])
    case object([Member])

    struct Member: Hashable, Sendable {
        var name: String
        var value: PageJSON
    }

    /// Null where the bytes are not one JSON object.
    init(_ bytes: [UInt8]) {
        let text = JSONText(bytes)
        self = JSONMembers(text, in: 0..<bytes.count).map(PageJSON.init) ?? .null
    }

    init(_ json: JSONBytes) { self.init(json.bytes) }

    private init(_ members: JSONMembers) {
        self = .object(
            members.members.map { member in
                let quoted = member.name.lowerBound - 1..<member.name.upperBound + 1
                return Member(
                    name: members.text.string(at: quoted) ?? "",
                    value: PageJSON(members.text, in: member.value)
                )
            }
        )
    }

    private init(_ text: JSONText, in range: Range<Int>) {
        switch text.bytes[range].first {
        case UInt8(ascii: "\""): self = text.string(at: range).map { .string($0) } ?? .null
        case UInt8(ascii: "{"): self = JSONMembers(text, in: range).map(PageJSON.init) ?? .null
        case UInt8(ascii: "["): self = .array((text.elements(of: range) ?? []).map { PageJSON(text, in: $0) })
        case UInt8(ascii: "t"): self = .bool(true)
        case UInt8(ascii: "f"): self = .bool(false)
        case UInt8(ascii: "n"), nil: self = .null
        default: self = .number(String(decoding: text.bytes[range], as: UTF8.self))
        }
    }
}

extension PageJSON {
    subscript(name: String) -> PageJSON {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    var items: [PageJSON] {
        if case .array(let items) = self { items } else { [] }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var number: Int64? {
        if case .number(let text) = self { Int64(text) } else { nil }
    }

    var isTrue: Bool { self == .bool(true) }

    /// Null, an empty list, an object without members.
    var isNothing: Bool {
        switch self {
        case .null: true
        case .array(let items): items.isEmpty
        case .object(let members): members.isEmpty
        case .bool, .number, .string: false
        }
    }

    /// The texts of a list; what is no text is left out.
    var strings: [String] { items.compactMap(\.string) }

    /// For people: a text itself, a number as it was written; nil of what has parts, and of null.
    var words: String? {
        switch self {
        case .string(let text): text
        case .number(let text): text
        case .bool(let value): value ? "yes" : "no"
        case .null, .array, .object: nil
        }
    }
}
