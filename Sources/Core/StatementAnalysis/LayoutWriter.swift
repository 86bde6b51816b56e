/// The text that `StatementLayout` makes, token by token, and where it stands.
struct LayoutWriter {
    enum Break {
        case none
        /// On a line of its own.
        case clause
        /// On a line of its own, under its clause.
        case condition
    }

    private(set) var text = ""
    /// The token before, in lower case.
    private(set) var last = ""
    /// For each open bracket whether a query stands in it, and whether it is in a clause of conditions.
    private var brackets: [(isQuery: Bool, isInConditions: Bool)] = [(true, false)]
    /// A BETWEEN whose AND has not come.
    var hasBetween = false

    var isInQuery: Bool { brackets[brackets.count - 1].isQuery }
    var isInConditions: Bool { brackets[brackets.count - 1].isInConditions }
    private var depth: Int { brackets.count - 1 }

    /// Called with each token, after its break was found.
    mutating func note(_ word: String) {
        switch word {
        case "(": brackets.append((false, false))
        case ")": if brackets.count > 1 { brackets.removeLast() }
        case "select", "with", "insert", "update", "delete", "values":
            if last == "(" { brackets[brackets.count - 1].isQuery = true }
            brackets[brackets.count - 1].isInConditions = false
        case "where", "having", "on": brackets[brackets.count - 1].isInConditions = true
        case "group", "order", "limit", "returning", "set", "from", "union":
            brackets[brackets.count - 1].isInConditions = false
        default: break
        }
        last = word
    }

    /// `isApart`: white space or a comment stood before it.
    mutating func add(_ token: String, break: Break, isApart: Bool) {
        switch `break` {
        case .none: if isApart { text += " " }
        case .clause: text += "\n" + String(repeating: "    ", count: depth)
        case .condition: text += "\n" + String(repeating: "    ", count: depth) + "  "
        }
        text += token
    }
}
