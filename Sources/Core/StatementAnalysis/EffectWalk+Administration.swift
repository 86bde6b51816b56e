internal import AccessModel

/// Upkeep of relations, and what concerns the whole database or server.
extension EffectWalk {
    mutating func administration(_ node: Int) throws(AnalysisRefusal) -> String? {
        switch tape[node].key {
        case .vacuumStmt:
            return maintained(
                node,
                tape.member(.rels, of: node),
                tape.isTrue(.isVacuumcmd, of: node) ? "VACUUM" : "ANALYZE"
            )
        case .clusterStmt: return maintained(node, tape.member(.relation, of: node), "CLUSTER")
        case .reindexStmt: return maintained(node, tape.member(.relation, of: node), "REINDEX")
        case .refreshMatViewStmt:
            return maintained(node, tape.member(.relation, of: node), "REFRESH MATERIALIZED VIEW")
        case .checkPointStmt:
            add(.maintain, ObjectName(name: "checkpoint"))
            return "CHECKPOINT"
        default: break
        }
        guard let (words, key) = EffectWalk.administrative(tape[node].key) else { return nil }
        let found = key.flatMap { tape.member($0, of: node) }.map { names(at: $0) } ?? []
        for name in found.isEmpty ? [IdentifierText.lowercased(words)] : found {
            add(.administer, ObjectName(name: name))
        }
        return words
    }

    /// The relations under `list`, or everything.
    private mutating func maintained(_ node: Int, _ list: Int?, _ kind: String) -> String {
        let before = effects.count
        for index in list.map({ $0..<tape.next($0) }) ?? 0..<0 where tape[index].marks.contains(.relation) {
            if let name = relationName(index) { add(.maintain, name, .relation) }
        }
        // VACUUM of everything, REINDEX SCHEMA.
        if effects.count == before { add(.maintain, ObjectName(name: tape.text(.name, of: node) ?? "*")) }
        return kind
    }

    /// The names of a string, a role, or a list of either.
    private func names(at index: Int) -> [String] {
        if tape[index].marks.contains(.string) { return [tape.string(index)] }
        return tape.inside(index).filter { element in
            tape[element].marks.contains(.string) && [.rolename, .sval, .privName].contains(tape[element].key)
        }.map { tape.string($0) }
    }

    /// The words and the member with the name, of statements that concern the whole database or server.
    private static func administrative(_ key: SyntaxKey) -> (String, SyntaxKey?)? {
        switch key {
        case .createRoleStmt: ("CREATE ROLE", .role)
        case .alterRoleStmt: ("ALTER ROLE", .role)
        case .alterRoleSetStmt: ("ALTER ROLE SET", .role)
        case .dropRoleStmt: ("DROP ROLE", .roles)
        case .grantRoleStmt: ("GRANT ROLE", .grantedRoles)
        case .dropOwnedStmt: ("DROP OWNED", .roles)
        case .reassignOwnedStmt: ("REASSIGN OWNED", .roles)
        case .createdbStmt: ("CREATE DATABASE", .dbname)
        case .dropdbStmt: ("DROP DATABASE", .dbname)
        case .alterDatabaseStmt: ("ALTER DATABASE", .dbname)
        case .alterDatabaseSetStmt: ("ALTER DATABASE SET", .dbname)
        case .alterDatabaseRefreshCollStmt: ("ALTER DATABASE REFRESH COLLATION VERSION", .dbname)
        case .createTableSpaceStmt: ("CREATE TABLESPACE", .tablespacename)
        case .dropTableSpaceStmt: ("DROP TABLESPACE", .tablespacename)
        case .alterTableSpaceOptionsStmt: ("ALTER TABLESPACE", .tablespacename)
        case .alterTableMoveAllStmt: ("ALTER TABLE ALL IN TABLESPACE", .origTablespacename)
        case .alterSystemStmt: ("ALTER SYSTEM", nil)
        case .loadStmt: ("LOAD", .filename)
        default: extending(key)
        }
    }

    private static func extending(_ key: SyntaxKey) -> (String, SyntaxKey?)? {
        switch key {
        case .createExtensionStmt: ("CREATE EXTENSION", .extname)
        case .alterExtensionStmt: ("ALTER EXTENSION", .extname)
        case .alterExtensionContentsStmt: ("ALTER EXTENSION", .extname)
        case .createFdwStmt: ("CREATE FOREIGN DATA WRAPPER", .fdwname)
        case .alterFdwStmt: ("ALTER FOREIGN DATA WRAPPER", .fdwname)
        case .createForeignServerStmt: ("CREATE SERVER", .servername)
        case .alterForeignServerStmt: ("ALTER SERVER", .servername)
        case .createUserMappingStmt: ("CREATE USER MAPPING", .servername)
        case .alterUserMappingStmt: ("ALTER USER MAPPING", .servername)
        case .dropUserMappingStmt: ("DROP USER MAPPING", .servername)
        case .importForeignSchemaStmt: ("IMPORT FOREIGN SCHEMA", .localSchema)
        case .createPublicationStmt: ("CREATE PUBLICATION", .pubname)
        case .alterPublicationStmt: ("ALTER PUBLICATION", .pubname)
        case .createSubscriptionStmt: ("CREATE SUBSCRIPTION", .subname)
        case .alterSubscriptionStmt: ("ALTER SUBSCRIPTION", .subname)
        case .dropSubscriptionStmt: ("DROP SUBSCRIPTION", .subname)
        case .createEventTrigStmt: ("CREATE EVENT TRIGGER", .trigname)
        case .alterEventTrigStmt: ("ALTER EVENT TRIGGER", .trigname)
        case .createPlangStmt: ("CREATE LANGUAGE", .plname)
        case .createAmStmt: ("CREATE ACCESS METHOD", .amname)
        case .createCastStmt: ("CREATE CAST", nil)
        case .createTransformStmt: ("CREATE TRANSFORM", nil)
        default: nil
        }
    }
}
