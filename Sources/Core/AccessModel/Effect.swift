/// What a command would do: an action on an object, and on which of its columns.
package struct Effect: Hashable, Sendable {
    package var action: Action
    package var object: ObjectName
    /// The columns that the statement names, sorted; nil where it reaches whole rows or the analysis does not say. Empty
    /// where it reaches the object and none of its columns (`count(*)`).
    package var columns: [String]?

    package init(action: Action, object: ObjectName, columns: [String]? = nil) {
        self.action = action
        self.object = object
        self.columns = columns
    }
}

extension Effect: CustomStringConvertible {
    /// `update public.orders(status)`
    package var description: String {
        "\(action.rawValue) \(object)" + (columns.map { "(\($0.joined(separator: ", ")))" } ?? "")
    }

    /// The words of a refusal by columns: `select columns email, phone from public.customers`, and with nil
    /// `select whole rows from public.customers`. Nil for an action that has no columns.
    package func sentence(of columns: [String]?) -> String? {
        guard action == .select || action == .insert || action == .update else { return nil }
        let what = columns.map { "column\($0.count == 1 ? "" : "s") \($0.joined(separator: ", "))" } ?? "whole rows"
        switch action {
        case .select: return "select \(what) from \(object)"
        case .insert:
            return "insert \(columns == nil ? "" : "into ")\(what) \(columns == nil ? "into" : "of") \(object)"
        default: return "update \(what) of \(object)"
        }
    }

    /// The words of a refusal: `delete from public.orders`, `execute public.purge`.
    package var sentence: String {
        switch action {
        case .select, .delete: "\(action.rawValue) from \(object)"
        case .insert: "insert into \(object)"
        case .setRole: "set role \(object)"
        case .serverFile: "use the server's file \(object)"
        case .serverProgram: "run a program on the server"
        case .do: "run a DO block in \(object)"
        case .twoPhase: "use prepared transactions"
        case .update, .truncate, .lock, .create, .alter, .drop, .grant, .execute, .maintain, .set, .listen, .notify,
            .administer:
            "\(action.rawValue) \(object)"
        }
    }
}

extension JSONBytes {
    /// `{"action":"update","object":"public.orders","columns":["status"]}`; `columns` is left out where unknown.
    package mutating func append(_ effect: Effect) {
        appendRaw("{\"action\":\"")
        appendRaw(effect.action.rawValue.utf8)
        appendRaw("\",\"object\":")
        append(effect.object.description)
        if let columns = effect.columns {
            appendRaw(",\"columns\":")
            append(columns)
        }
        appendRaw("}")
    }

    package mutating func append(_ effects: [Effect]) {
        appendRaw("[")
        for (index, effect) in effects.enumerated() {
            if index > 0 { appendRaw(",") }
            append(effect)
        }
        appendRaw("]")
    }
}
