internal import AccessModel

/// Calls of functions and of operators that are named with a schema.
///
/// GAP: an operator by its sign alone, a cast, a type's input function and a column reference that PostgreSQL reads as a
/// call (`t.purge` for `purge(t)`) may be user code too; so may an overload of a safe built-in that fits its arguments
/// better. They are found through the target's catalog, which this level does not have.
extension EffectWalk {
    mutating func call(_ node: Int) {
        guard let name = tape.member(.funcname, of: node).flatMap({ qualified(tape.names(in: $0)) }) else { return }
        called(name, at: node)
    }

    /// A call by this name; `node` is the FuncCall, nil where a column's notation makes the call.
    mutating func called(_ name: ObjectName, at node: Int?) {
        if name.schema == "information_schema", BuiltinFunctions.isSafeInformation(name.name) { return }
        let isCatalog = name.schema == "pg_catalog"
        guard isCatalog || name.schema == nil else { return add(.execute, name, .function) }
        if BuiltinFunctions.isSafe(name.name) {
            if !isCatalog { add(.execute, name, .builtin) }
            return
        }
        guard let node, special(name.name, node) else { return add(.execute, name, .function) }
        if !isCatalog { add(.execute, name, .builtin) }
    }

    /// Built-ins whose constant arguments say what they do. False where they are not constant.
    private mutating func special(_ name: String, _ node: Int) -> Bool {
        let arguments = tape.member(.args, of: node).map { tape.children(of: $0) } ?? []
        guard let first = arguments.first.flatMap({ constant($0) }) else { return false }
        switch (name, arguments.count) {
        case ("nextval", 1), ("setval", 2), ("setval", 3):
            // PostgreSQL asks for UPDATE on the sequence too.
            guard let sequence = IdentifierText.names(first, separator: ".").flatMap({ qualified($0) }) else {
                return false
            }
            add(.update, sequence, .relation)
        case ("pg_notify", 2):
            add(.notify, ObjectName(name: first))
        case ("set_config", 3):
            let isLasting = plainCall == node && boolean(arguments[2]) == false
            return setConfiguration(first, constant(arguments[1]), isLasting: isLasting)
        default: return false
        }
        return true
    }

    mutating func operation(_ name: Int?) {
        guard let name else { return }
        let names = tape.names(in: name)
        guard deferred == nil else {
            for name in OperatorWords.operators(names) { operators.insert(name) }
            return
        }
        guard names.count > 1, let qualified = qualified(names), qualified.schema != "pg_catalog" else { return }
        add(.execute, qualified, .function)
    }

    mutating func cast(_ node: Int) {
        guard deferred != nil, let type = tape.member(.typeName, of: node), let names = tape.member(.names, of: type),
            let name = qualified(tape.names(in: names))
        else { return }
        castTypes.insert(name)
    }

    /// TABLESAMPLE's method is a function.
    mutating func sampling(_ index: Int) {
        guard let name = qualified(tape.names(in: index)) else { return }
        let isSafe = name.schema ?? "pg_catalog" == "pg_catalog" && BuiltinFunctions.isSafe(name.name)
        if !isSafe {
            add(.execute, name, .function)
        } else if name.schema == nil {
            add(.execute, name, .builtin)
        }
    }

    /// `name`, `schema.name` or `database.schema.name`.
    func qualified(_ names: [String]) -> ObjectName? {
        guard let name = names.last else { return nil }
        return ObjectName(schema: names.count > 1 ? names[names.count - 2] : nil, name: name)
    }

    /// The string of an element that is a string constant, with or without a cast to text or regclass.
    func constant(_ element: Int) -> String? {
        var holder = element
        if let cast = tape.member(.typeCast, of: element) {
            guard let type = tape.member(.typeName, of: cast), let arg = tape.member(.arg, of: cast),
                let name = tape.member(.names, of: type).flatMap({ qualified(tape.names(in: $0)) }),
                name.schema ?? "pg_catalog" == "pg_catalog", ["text", "regclass"].contains(name.name)
            else { return nil }
            holder = arg
        }
        guard let node = tape.member(.aConst, of: holder), let value = tape.member(.sval, of: node) else { return nil }
        return tape.text(.sval, of: value) ?? ""
    }

    private func boolean(_ element: Int) -> Bool? {
        guard let node = tape.member(.aConst, of: element), let value = tape.member(.boolval, of: node) else {
            return nil
        }
        return tape.isTrue(.boolval, of: value)
    }

    /// The call of `SELECT set_config(…)` and nothing else, which runs once and surely.
    func plainSettingCall(_ node: Int) -> Int? {
        guard node < tape.all.upperBound, tape[node].key == .selectStmt,
            tape.children(of: node).filter({ tape[$0].key != .setOperation }).count == 1,
            let list = tape.member(.targetList, of: node), tape.children(of: list).count == 1,
            let target = tape.member(.resTarget, of: list + 1), let value = tape.member(.val, of: target)
        else { return nil }
        return tape.member(.funcCall, of: value)
    }
}
