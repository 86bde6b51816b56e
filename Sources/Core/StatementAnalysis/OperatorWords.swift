internal import AccessModel

/// The operators that an expression's words stand for, as PostgreSQL's parser looks them up by name.
enum OperatorWords {
    /// `names` is an operator's name list: `["="]`, `["s", "="]`, `["NOT BETWEEN"]`.
    static func operators(_ names: [String]) -> [ObjectName] {
        guard let sign = names.last else { return [] }
        if names.count > 1 { return [ObjectName(schema: names[names.count - 2], name: sign)] }
        switch sign {
        case "BETWEEN", "BETWEEN SYMMETRIC": return [ObjectName(name: ">="), ObjectName(name: "<=")]
        case "NOT BETWEEN", "NOT BETWEEN SYMMETRIC": return [ObjectName(name: "<"), ObjectName(name: ">")]
        default: return [ObjectName(name: sign)]
        }
    }
}

extension ObjectName {
    /// What joins by USING, CASE with a value, IN and `= ANY` compare by.
    static let equality = ObjectName(name: "=")
}
