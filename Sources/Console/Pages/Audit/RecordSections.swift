/// Every member of a record as facts, a section for each that has parts. Nothing is left out but what is null or empty, and
/// what the page tells elsewhere: the statement, its parameters and effects.
struct RecordSections {
    private let json: PageJSON

    init(_ json: PageJSON) { self.json = json }

    var views: [PageView] {
        let own = json.members.filter { !$0.value.isNothing && !RecordSections.hasParts($0.value) }
        let parts = json.members.filter { !$0.value.isNothing && RecordSections.hasParts($0.value) }
        let sections =
            [("Record", own.compactMap(fact))]
            + parts.map { member in
                (ProvenanceFacts.label(member.name), RecordSections.facts(member.value, inside: member.name))
            }
        return sections.filter { !$0.1.isEmpty }.enumerated().map { number, section in
            PageView(present: ["number": "\(number)", "label": section.0, "rows": section.1])
        }
    }

    private static func hasParts(_ value: PageJSON) -> Bool {
        switch value {
        case .object: true
        case .array(let items): items.contains { $0.words == nil }
        case .null, .bool, .number, .string: false
        }
    }

    private func fact(_ member: PageJSON.Member) -> PageView? {
        RecordSections.fact(member.name, member.value)
    }

    private static func fact(_ name: String, _ value: PageJSON) -> PageView? {
        let label = ProvenanceFacts.label(name)
        if case .array(let items) = value { return Fact.list(label, items.compactMap(\.words)) }
        switch name {
        case "time", "expires", "since": return Fact.time(label, value) ?? Fact.text(label, value.words)
        case "session":
            return value.string.flatMap { Fact.code(label, $0, href: "/sessions/\(PageLink.escaped($0))") }
        case "duration_us":
            return Fact.text("Duration", value.number.map { Digits.duration(microseconds: $0) } ?? value.words)
        case "id", "sha256", "digest", "policy", "grant", "salt", "blob": return Fact.code(label, value.words)
        default: return Fact.outward(label, value.words)
        }
    }

    /// The members of an object, those of its parts named by their path: `limit · rows`.
    private static func facts(_ value: PageJSON, inside name: String) -> [PageView] {
        switch value {
        case .array(let items):
            return items.enumerated().flatMap { number, item -> [PageView] in
                guard item.words == nil else { return [Fact.text("\(number + 1)", item.words)].compactMap { $0 } }
                return facts(item, inside: name).map { prefixed($0, "\(number + 1)") }
            }
        default:
            return value.members.flatMap { member -> [PageView] in
                guard !member.value.isNothing else { return [] }
                if name == "command", ["text", "parameters", "effects"].contains(member.name) { return [] }
                guard hasParts(member.value) else { return [fact(member.name, member.value)].compactMap { $0 } }
                return facts(member.value, inside: member.name).map { prefixed($0, ProvenanceFacts.label(member.name)) }
            }
        }
    }

    private static func prefixed(_ fact: PageView, _ prefix: String) -> PageView {
        var fact = fact
        fact["name"] = "\(prefix) · \(fact["name"] as? String ?? "")"
        return fact
    }
}
