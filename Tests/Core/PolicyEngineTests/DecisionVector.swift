import AccessModel
import PolicyEngine
import Testing

/// A line of Vectors/policy/decisions.txt with the grants above it.
struct DecisionVector: CustomTestStringConvertible, Sendable {
    var sentence: String
    var grants: String
    var effects: [Effect]
    var outcome: String
    var grant: String?
    var reason: String?
    var line: String

    var testDescription: String { "\(sentence): \(line)" }

    static func load() -> [DecisionVector] {
        var cases: [DecisionVector] = []
        var sentence = ""
        var grants = ""
        for line in ConfigurationVector.text("policy/decisions.txt").split(separator: "\n").map(String.init) {
            if line.hasPrefix("# ") {
                sentence = String(line.dropFirst(2))
            } else if line.hasPrefix("grants: ") {
                grants = String(line.dropFirst(8))
            } else if let arrow = line.firstRange(of: " => "), !grants.isEmpty {
                let parts = line[arrow.upperBound...].split(separator: " | ", maxSplits: 1).map(String.init)
                let words = parts[0].split(separator: " ").map(String.init)
                cases.append(
                    DecisionVector(
                        sentence: sentence,
                        grants: grants,
                        effects: line[..<arrow.lowerBound].split(separator: ";").compactMap(effect),
                        outcome: words[0],
                        grant: words.count > 1 ? words[1] : nil,
                        reason: parts.count > 1 ? parts[1] : nil,
                        line: line
                    )
                )
            }
        }
        return cases
    }

    /// `update public.orders(a, b)`
    static func effect(_ text: Substring) -> Effect? {
        let words = text.drop { $0 == " " }.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let action = Action(rawValue: String(words[0])) else { return nil }
        var name = words[1]
        while name.last == " " { name.removeLast() }
        var columns: [String]?
        if name.hasSuffix(")"), let open = name.lastIndex(of: "(") {
            columns = name[name.index(after: open)...].dropLast().split(separator: ",")
                .map { String($0.drop { $0 == " " }) }
            name = name[..<open]
        }
        let hasSchema: Set<Action> = [
            .select, .insert, .update, .delete, .truncate, .lock, .create, .alter, .drop, .grant, .execute, .maintain,
        ]
        guard hasSchema.contains(action), let dot = name.firstIndex(of: ".") else {
            return Effect(action: action, object: ObjectName(name: String(name)), columns: columns)
        }
        let object = ObjectName(schema: String(name[..<dot]), name: String(name[name.index(after: dot)...]))
        return Effect(action: action, object: object, columns: columns)
    }
}
