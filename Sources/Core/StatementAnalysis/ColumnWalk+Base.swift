internal import AccessModel

/// The effects that are no matter of columns: their names looked up.
extension ColumnWalk {
    mutating func resolveBase() throws(AnalysisRefusal) {
        for effect in base.effects { try resolve(effect) }
        for name in base.operators { try resolveOperator(name) }
        for name in base.castTypes { for function in names.operatorFunctions(name) { execute(function) } }
    }

    private mutating func resolve(_ effect: UnresolvedEffect) throws(AnalysisRefusal) {
        switch effect.kind {
        case .relation where effect.action != .create: try resolveRelation(effect)
        case .function where effect.action == .execute: try resolveCall(effect.object)
        case .function where effect.action != .create: resolveFunction(effect)
        case .builtin: for function in names.functions(effect.object) { execute(function.name) }
        default: for resolved in effect.resolved(in: names.path) { add(resolved) }
        }
    }

    /// Outside of queries a relation that is not known may be any of the path, which must all be allowed; rows are only
    /// read and inserted (COPY) where it is known.
    private mutating func resolveRelation(_ effect: UnresolvedEffect) throws(AnalysisRefusal) {
        guard let match = names.relation(effect.object) else {
            if effect.action == .select || effect.action == .insert {
                throw .unknownName("\(effect.object)", state: "42P01")
            }
            for resolved in effect.resolved(in: names.path) { add(resolved) }
            return
        }
        if let known = match.known {
            if let missing = (effect.columns ?? []).first(where: { !known.has($0) }) { throw .unknownName(missing) }
            add(Effect(action: effect.action, object: known.name, columns: copied(effect, known)))
        }
        for name in match.made { add(Effect(action: effect.action, object: name, columns: effect.columns)) }
    }

    /// COPY without a list of columns takes all that are not generated.
    private func copied(_ effect: UnresolvedEffect, _ relation: CatalogRelation) -> [String]? {
        guard effect.columns == nil, base.copies else { return effect.columns }
        return relation.columns.filter(\.generatedFrom.isEmpty).map(\.name)
    }

    private mutating func resolveCall(_ name: ObjectName) throws(AnalysisRefusal) {
        let functions = names.functions(name)
        for function in functions { execute(function.name) }
        if name.schema == "pg_catalog" || (name.schema == nil && names.isBuiltin(name.name)) {
            execute(ObjectName(schema: "pg_catalog", name: name.name))
        } else if functions.isEmpty {
            throw .unknownName("\(name)", state: "42883")
        }
    }

    /// A function that is changed or dropped: every one of the name, or any where none is known.
    private mutating func resolveFunction(_ effect: UnresolvedEffect) {
        let functions = effect.object.schema == nil ? names.functions(effect.object) : []
        for function in functions {
            add(Effect(action: effect.action, object: function.name, columns: effect.columns))
        }
        guard functions.isEmpty else { return }
        for resolved in effect.resolved(in: names.path) { add(resolved) }
    }

    private mutating func resolveOperator(_ name: ObjectName) throws(AnalysisRefusal) {
        if let schema = name.schema, schema != "pg_catalog", !names.hasOperator(name) {
            throw .unknownName("\(name)", state: "42883")
        }
        for function in names.operatorFunctions(name) { execute(function) }
    }

    private mutating func execute(_ name: ObjectName) {
        uses.addWhole(.execute, name)
    }

    private mutating func add(_ effect: Effect) {
        if let columns = effect.columns {
            uses.add(effect.action, effect.object, columns)
        } else {
            uses.addWhole(effect.action, effect.object)
        }
    }
}
