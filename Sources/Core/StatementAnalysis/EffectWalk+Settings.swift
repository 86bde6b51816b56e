internal import AccessModel

/// SET, RESET and set_config.
extension EffectWalk {
    mutating func set(_ node: Int) -> String {
        let kind = tape.text(.kind, of: node) ?? "VAR_SET_VALUE"
        let words = kind.hasPrefix("VAR_RESET") ? "RESET" : "SET"
        switch kind {
        case "VAR_RESET_ALL": session.append(.resetsSession)
        // SET TRANSACTION, SET SESSION CHARACTERISTICS: the session's own transactions.
        case "VAR_SET_MULTI": break
        default:
            let arguments = tape.member(.args, of: node).map { tape.children(of: $0) } ?? []
            setting(
                IdentifierText.lowercased(tape.text(.name, of: node) ?? ""),
                values: kind == "VAR_SET_VALUE" ? arguments.map { value($0) } : nil,
                isLasting: kind == "VAR_SET_VALUE" && !tape.isTrue(.isLocal, of: node)
            )
        }
        return words
    }

    /// A value of SET: a word, a string or a number; nil for what is none of them.
    private func value(_ element: Int) -> String? {
        if let text = constant(element) { return text }
        guard let node = tape.member(.aConst, of: element), let number = tape.member(.ival, of: node) else {
            return nil
        }
        return tape.text(.ival, of: number) ?? "0"
    }

    /// `values` is nil for RESET and DEFAULT.
    private mutating func setting(_ name: String, values: [String?]?, isLasting: Bool) {
        switch name {
        case "search_path":
            let schemas = values?.compactMap { $0 }
            let isConstant = isLasting && schemas?.count == values?.count
            session.append(.setsSearchPath(isConstant ? schemas?.filter { !$0.isEmpty } : nil))
        case "application_name":
            session.append(.setsStamp)
        case "role", "session_authorization":
            add(.setRole, ObjectName(name: values?.first.flatMap { $0 } ?? "default"))
        default:
            let value = values?.count == 1 ? values?.first.flatMap { $0 } : nil
            if !Settings.isHarmless(name, value: value) { add(.set, ObjectName(name: name)) }
        }
    }

    /// `set_config(name, value, is_local)` with a constant name; `value` is nil where it is not constant, `isLasting`
    /// where it surely runs, once, and for the session. False where nothing can be said by the name alone.
    mutating func setConfiguration(_ name: String, _ value: String?, isLasting: Bool) -> Bool {
        let name = IdentifierText.lowercased(name)
        switch name {
        case "search_path":
            let schemas = isLasting ? value.flatMap { IdentifierText.names($0, separator: ",") } : nil
            session.append(.setsSearchPath(schemas))
        case "application_name":
            // Not the only thing that the statement does: the gateway cannot answer it in the target's place.
            add(.set, ObjectName(name: name))
        case "role", "session_authorization":
            guard let value else { return false }
            add(.setRole, ObjectName(name: value))
        default:
            setting(name, values: [value], isLasting: false)
        }
        return true
    }
}
