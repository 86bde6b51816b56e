/// Reads a mapping key by key. A key that no reader asked for is an error, with the nearest one that was.
struct MappingReader {
    private let field: Field
    private var members: [String: YAMLMember] = [:]
    private var order: [String] = []
    private var asked: [String] = []

    /// Nil where the value is no mapping.
    init?(_ field: Field) {
        guard case .mapping(let members) = field.node.content else {
            field.report("expected a mapping, not \(field.node.kind)")
            return nil
        }
        self.field = field
        for member in members {
            if self.members.updateValue(member, forKey: member.key) == nil { order.append(member.key) }
        }
    }

    /// The value of a key that may be missing.
    mutating func optional<Value>(_ key: String, _ read: (Field) -> Value?) -> Value? {
        asked.append(key)
        return members[key].flatMap { read(field(of: $0)) }
    }

    /// The value of a key that may be missing, and then has a default.
    mutating func optional<Value>(_ key: String, default value: Value, _ read: (Field) -> Value?) -> Value {
        optional(key, read) ?? value
    }

    /// The value of a key that must be there.
    mutating func required<Value>(_ key: String, _ read: (Field) -> Value?) -> Value? {
        if members[key] == nil { field.report("`\(key)` is missing") }
        return optional(key, read)
    }

    /// A key that is known and refused.
    mutating func refuse(_ key: String, _ message: String) {
        asked.append(key)
        if let member = members[key] { field(of: member).report(message, at: member.place) }
    }

    func has(_ key: String) -> Bool {
        members[key] != nil
    }

    /// The keys of the mapping under a key, whatever their values are.
    func keys(of key: String) -> [String] {
        guard case .mapping(let inner)? = members[key]?.value.content else { return [] }
        return inner.map(\.key)
    }

    /// Reports the keys that nobody asked for.
    func finish() {
        for key in order where !asked.contains(key) {
            guard let member = members[key] else { continue }
            let suggestion = NearestWord.suggestion(for: key, in: asked)
            let all = suggestion.isEmpty ? "; the keys here are \(asked.joined(separator: ", "))" : suggestion
            field.report("unknown key `\(key.shown)`\(all)", at: member.place)
        }
    }

    /// Every entry of a mapping whose keys are names that the file chooses.
    static func entries<Value>(of field: Field, _ read: (String, Place, Field) -> Value?) -> [Value]? {
        guard case .mapping(let members) = field.node.content else {
            return field.fail("expected a mapping, not \(field.node.kind)")
        }
        guard !members.isEmpty else { return field.fail("is empty") }
        let values = members.map { read($0.key, $0.place, field.inside($0.value, ".\($0.key)", key: $0.place)) }
        let good = values.compactMap { $0 }
        return good.count == values.count ? good : nil
    }

    private func field(of member: YAMLMember) -> Field {
        field.inside(member.value, field.path.isEmpty ? member.key : ".\(member.key)", key: member.place)
    }
}
