internal import AccessModel

/// JSON with a member a line, for people. Members keep their order.
enum PrettyJSON {
    static func text(_ json: PageJSON) -> String {
        var text = ""
        append(json, 0, &text)
        return text
    }

    private static func append(_ json: PageJSON, _ depth: Int, _ text: inout String) {
        switch json {
        case .null: text += "null"
        case .bool(let value): text += "\(value)"
        case .number(let number): text += number
        case .string(let string): text += quoted(string)
        case .array(let items):
            guard !items.isEmpty else { return text += "[]" }
            list("[", "]", items.map { item in { append(item, depth + 1, &$0) } }, depth, &text)
        case .object(let members):
            guard !members.isEmpty else { return text += "{}" }
            let parts = members.map { member -> (inout String) -> Void in
                { text in
                    text += "\(quoted(member.name)): "
                    append(member.value, depth + 1, &text)
                }
            }
            list("{", "}", parts, depth, &text)
        }
    }

    private static func list(
        _ begin: String,
        _ end: String,
        _ parts: [(inout String) -> Void],
        _ depth: Int,
        _ text: inout String
    ) {
        text += begin
        for (index, part) in parts.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: depth + 1)
            part(&text)
        }
        text += "\n" + String(repeating: "  ", count: depth) + end
    }

    private static func quoted(_ text: String) -> String {
        var json = JSONBytes()
        json.append(text)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
