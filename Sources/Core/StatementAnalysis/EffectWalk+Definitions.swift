internal import AccessModel

/// Definition of functions, types, schemas and the rest that lives in a schema; grants.
extension EffectWalk {
    mutating func definition(_ node: Int) throws(AnalysisRefusal) -> String? {
        switch tape[node].key {
        case .createFunctionStmt: return try createFunction(node)
        case .alterFunctionStmt:
            guard let function = tape.member(.function, of: node) else { throw .notUnderstood("ALTER FUNCTION") }
            return named(.alter, tape.member(.objname, of: function), .function, "ALTER FUNCTION")
        case .defineStmt: return define(node)
        case .compositeTypeStmt:
            if let name = tape.member(.typevar, of: node).flatMap({ createdName($0) }) { add(.create, name, .type) }
            return "CREATE TYPE"
        case .createEnumStmt, .createRangeStmt:
            return named(.create, tape.member(.typeName, of: node), .type, "CREATE TYPE")
        case .alterEnumStmt, .alterTypeStmt:
            return named(.alter, tape.member(.typeName, of: node), .type, "ALTER TYPE")
        case .createDomainStmt:
            try walkMembers(of: node)
            return named(.create, tape.member(.domainname, of: node), .type, "CREATE DOMAIN")
        case .alterDomainStmt:
            try walkMembers(of: node)
            return named(.alter, tape.member(.typeName, of: node), .type, "ALTER DOMAIN")
        case .createSchemaStmt: return try createSchema(node)
        case .dropStmt: return try drop(node)
        case .renameStmt: return try rename(node)
        case .alterObjectSchemaStmt: return try moveToSchema(node)
        case .alterOwnerStmt: return try alterObject(node, "ALTER OWNER")
        case .alterObjectDependsStmt: return try alterObject(node, "ALTER DEPENDS")
        case .commentStmt: return try alterObject(node, "COMMENT")
        case .secLabelStmt: return try alterObject(node, "SECURITY LABEL")
        case .grantStmt: return try grant(node)
        case .alterDefaultPrivilegesStmt: return defaultPrivileges(node)
        default: return try lesserDefinition(node)
        }
    }

    private mutating func lesserDefinition(_ node: Int) throws(AnalysisRefusal) -> String? {
        switch tape[node].key {
        case .createConversionStmt:
            return named(.create, tape.member(.conversionName, of: node), .other, "CREATE CONVERSION")
        case .createOpClassStmt:
            return named(.create, tape.member(.opclassname, of: node), .other, "CREATE OPERATOR CLASS")
        case .createOpFamilyStmt:
            return named(.create, tape.member(.opfamilyname, of: node), .other, "CREATE OPERATOR FAMILY")
        case .alterOpFamilyStmt:
            return named(.alter, tape.member(.opfamilyname, of: node), .other, "ALTER OPERATOR FAMILY")
        case .alterOperatorStmt:
            let name = tape.member(.opername, of: node).flatMap { tape.member(.objname, of: $0) }
            return named(.alter, name, .function, "ALTER OPERATOR")
        case .alterTsdictionaryStmt:
            return named(.alter, tape.member(.dictname, of: node), .other, "ALTER TEXT SEARCH DICTIONARY")
        case .alterTsconfigurationStmt:
            return named(.alter, tape.member(.cfgname, of: node), .other, "ALTER TEXT SEARCH CONFIGURATION")
        case .alterCollationStmt:
            return named(.alter, tape.member(.collname, of: node), .other, "ALTER COLLATION")
        case .alterStatsStmt:
            return named(.alter, tape.member(.defnames, of: node), .other, "ALTER STATISTICS")
        default: return nil
        }
    }

    /// An effect on the object whose name list stands at `list`; `?` where there is none, which nothing covers.
    mutating func named(_ action: Action, _ list: Int?, _ kind: ObjectKind, _ words: String) -> String {
        let name = list.flatMap { qualified(tape.names(in: $0)) }
        add(action, name ?? ObjectName(schema: "?", name: "?"), kind)
        return words
    }

    private mutating func createFunction(_ node: Int) throws(AnalysisRefusal) -> String {
        let list = tape.member(.funcname, of: node)
        if tape.isTrue(.replace, of: node) { _ = named(.alter, list, .function, "") }
        let language = IdentifierText.lowercased(option("language", of: tape.member(.options, of: node)) ?? "sql")
        if language != "sql", language != "plpgsql" {
            // In C and the untrusted languages a function is a program of the server.
            add(.administer, ObjectName(name: "language \(language)"))
        }
        // The options hold SET clauses, which are the function's and not the session's.
        try walkMembers(of: node, except: [.funcname, .options])
        return named(.create, list, .function, "CREATE FUNCTION")
    }

    private mutating func define(_ node: Int) -> String {
        let type = tape.text(.kind, of: node) ?? ""
        let list = tape.member(.defnames, of: node)
        let words = "CREATE \(ObjectClass.words(type))"
        if tape.isTrue(.replace, of: node) { _ = named(.alter, list, ObjectClass.of(type).kind, words) }
        return named(.create, list, ObjectClass.of(type).kind, words)
    }

    private mutating func createSchema(_ node: Int) throws(AnalysisRefusal) -> String {
        let owner = tape.member(.authrole, of: node).flatMap { tape.text(.rolename, of: $0) }
        let schema = tape.text(.schemaname, of: node) ?? owner ?? "?"
        add(.create, ObjectName(name: schema), .schema)
        let before = effects.count
        try walkMembers(of: node, except: [.authrole])
        // What is made inside is made in the new schema.
        for index in before..<effects.count where effects[index].action == .create {
            effects[index].object.schema = effects[index].object.schema ?? schema
        }
        return "CREATE SCHEMA"
    }

    private mutating func defaultPrivileges(_ node: Int) -> String {
        let options = tape.member(.options, of: node)
        let schemas = options.flatMap { tape.first(.list, inside: $0) }.map { tape.names(in: $0) } ?? []
        for schema in schemas { add(.grant, ObjectName(schema: schema, name: "*")) }
        if schemas.isEmpty { add(.grant, ObjectName(name: "default privileges")) }
        return "ALTER DEFAULT PRIVILEGES"
    }

    private mutating func grant(_ node: Int) throws(AnalysisRefusal) -> String {
        guard let list = tape.member(.objects, of: node) else { throw .notUnderstood("GRANT") }
        let type = tape.text(.objtype, of: node) ?? "OBJECT_ACCESS_METHOD"
        let isWhole = tape.text(.targtype, of: node) == "ACL_TARGET_ALL_IN_SCHEMA"
        for element in tape.children(of: list) {
            if isWhole {
                add(.grant, ObjectName(schema: tape.names(in: element).last ?? "?", name: "*"))
            } else if let relation = tape.member(.rangeVar, of: element) {
                add(.grant, relationName(relation) ?? ObjectName(schema: "?", name: "?"), .relation)
            } else {
                try object(element, type, .grant, administers: false)
            }
        }
        return tape.isTrue(.isGrant, of: node) ? "GRANT" : "REVOKE"
    }
}
