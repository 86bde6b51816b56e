internal import AccessModel

/// One record with all that it holds: whatever its kind is, each member has a line. What is null or an empty list is left
/// out.
struct RecordBlock {
    private let record: RecordView
    private var lines: [(name: String, value: String)] = []

    /// `only`: of these members; nil is all.
    init(_ record: RecordView, only wanted: Set<String>? = nil) {
        self.record = record
        for name in record.members.names where !["id", "index", "kind"].contains(name.text) {
            guard wanted?.contains(name.text) != false else { continue }
            add(name.value, as: name.text)
        }
    }

    /// `text`: the statement where the record only names it.
    func print(to printer: Printer, text: String?) throws {
        let title = "\(record.kind) \(record.id)".onOneLine
        try printer.line("\(printer.style.bold(title)) \(printer.style.dim("record \(record.index)"))")
        let placed = lines.map { (line: $0, at: RecordOrder.place(of: $0.name)) }
        let asked = placed.filter { $0.at.part == .asked }.sorted { $0.at.place < $1.at.place }
        try printer.members(asked.map(\.line), indent: "  ")
        if let text = text ?? record.members.object("command")?.string("text") {
            try printer.line()
            for line in text.terminalLines { try printer.line("    " + line) }
        }
        for part in [RecordOrder.other, .inner] {
            let members = placed.filter { $0.at.part == part }.map(\.line)
            guard !members.isEmpty else { continue }
            try printer.line()
            try printer.members(members, indent: "  ")
        }
    }

    private mutating func add(_ value: Range<Int>, as name: String) {
        let text = record.members.text
        // The statement follows what is asked first, as it was written.
        guard name != "command.text", !text.isNothing(value) else { return }
        if let object = JSONMembers(text, in: value) {
            for member in object.names { add(member.value, as: "\(name).\(member.text)") }
        } else if name == "command.effects" {
            let effects = (text.elements(of: value) ?? []).compactMap { JSONMembers(text, in: $0) }
            lines.append((name, effects.map(RecordBlock.effect).joined(separator: "; ").onOneLine))
        } else if name == "roles" {
            let roles = (text.elements(of: value) ?? []).compactMap { JSONMembers(text, in: $0) }
            lines.append((name, roles.map(RecordBlock.role).joined(separator: ", ").onOneLine))
        } else if let string = text.string(at: value) {
            lines.append((name.onOneLine, string.onOneLine))
        } else {
            lines.append((name.onOneLine, String(decoding: text.bytes[value], as: UTF8.self).onOneLine))
        }
    }

    /// `nightly (owner ana@example.com)`
    private static func role(_ role: JSONMembers) -> String {
        let owner = role.string("owner").map { " (owner \($0))" } ?? ""
        return (role.string("name") ?? "?") + owner
    }

    /// `update public.orders(status)`
    static func effect(_ effect: JSONMembers) -> String {
        let columns = effect.strings("columns")
        let list = columns.isEmpty ? "" : "(\(columns.joined(separator: ", ")))"
        return "\(effect.string("action") ?? "?") \(effect.string("object") ?? "?")\(list)"
    }
}

extension JSONMembers {
    /// The members' names and values, in the order of the text.
    fileprivate var names: [(text: String, value: Range<Int>)] {
        members.map { (String(decoding: text.bytes[$0.name], as: UTF8.self), $0.value) }
    }
}

extension JSONText {
    /// `null` or `[]`
    fileprivate func isNothing(_ value: Range<Int>) -> Bool {
        value.first.map { bytes[$0] == 0x6E } ?? true || bytes[value].elementsEqual("[]".utf8)
    }
}
