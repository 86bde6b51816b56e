internal import AccessModel

/// Definition of relations, and what is defined on them.
extension EffectWalk {
    mutating func tableDefinition(_ node: Int) throws(AnalysisRefusal) -> String? {
        switch tape[node].key {
        case .createStmt:
            try createTable(node)
            return "CREATE TABLE"
        case .createForeignTableStmt:
            guard let base = tape.member(.base, of: node) else { throw .notUnderstood("CREATE FOREIGN TABLE") }
            try createTable(base)
            add(.administer, ObjectName(name: tape.text(.servername, of: node) ?? "server"))
            return "CREATE FOREIGN TABLE"
        case .createTableAsStmt: return try createTableAs(node)
        case .viewStmt: return try createView(node)
        case .createSeqStmt:
            created(tape.member(.sequence, of: node))
            try walkMembers(of: node, except: [.sequence])
            return "CREATE SEQUENCE"
        case .alterSeqStmt: return try altered(node, .sequence, "ALTER SEQUENCE")
        case .alterTableStmt: return try alterTable(node)
        case .indexStmt: return try altered(node, .relation, "CREATE INDEX")
        case .createTrigStmt: return try createTrigger(node)
        case .ruleStmt: return try altered(node, .relation, "CREATE RULE")
        case .createPolicyStmt: return try altered(node, .table, "CREATE POLICY")
        case .alterPolicyStmt: return try altered(node, .table, "ALTER POLICY")
        case .createStatsStmt:
            alterRelations(tape.member(.relations, of: node))
            try walkMembers(of: node, except: [.relations])
            return "CREATE STATISTICS"
        // Inside ALTER TABLE alone, which is the effect.
        case .replicaIdentityStmt: return "REPLICA IDENTITY"
        case .truncateStmt: return relations(node, .truncate, "TRUNCATE")
        case .lockStmt:
            // ACCESS SHARE, mode 1, is the lock that a SELECT takes; pg_dump takes it by hand.
            let isRead = tape.member(.mode, of: node).map { tape.integer($0) } == 1
            return relations(node, isRead ? .select : .lock, "LOCK TABLE", columns: isRead ? [] : nil)
        default: return nil
        }
    }

    private mutating func createTable(_ node: Int) throws(AnalysisRefusal) {
        created(tape.member(.relation, of: node))
        // A parent shows its children's rows as its own.
        alterRelations(tape.member(.inhRelations, of: node))
        try walkMembers(of: node, except: [.relation, .inhRelations])
    }

    private mutating func createTableAs(_ node: Int) throws(AnalysisRefusal) -> String {
        guard let into = tape.member(.into, of: node), let query = tape.member(.query, of: node) else {
            throw .notUnderstood("CREATE TABLE AS")
        }
        created(tape.member(.rel, of: into))
        try statement(query + 1)
        let isView = tape.text(.objtype, of: node) == "OBJECT_MATVIEW"
        return isView ? "CREATE MATERIALIZED VIEW" : "CREATE TABLE AS"
    }

    private mutating func createView(_ node: Int) throws(AnalysisRefusal) -> String {
        guard let view = tape.member(.view, of: node), let name = createdName(view) else {
            throw .notUnderstood("CREATE VIEW")
        }
        add(.create, name, .relation)
        if tape.isTrue(.replace, of: node) { add(.alter, name, .relation) }
        try walkMembers(of: node, except: [.view])
        return "CREATE VIEW"
    }

    /// A statement that changes the relation under `key`, and whose expressions count too.
    private mutating func altered(_ node: Int, _ key: SyntaxKey, _ kind: String) throws(AnalysisRefusal) -> String {
        guard let name = tape.member(key, of: node).flatMap({ relationName($0) }) else { throw .notUnderstood(kind) }
        add(.alter, name, .relation)
        try walkMembers(of: node, except: [key])
        return kind
    }

    private mutating func alterTable(_ node: Int) throws(AnalysisRefusal) -> String {
        guard let name = tape.member(.relation, of: node).flatMap({ relationName($0) }) else {
            throw .notUnderstood("ALTER TABLE")
        }
        let isType = tape.text(.objtype, of: node) == "OBJECT_TYPE"
        add(.alter, name, isType ? .type : .relation)
        if let commands = tape.member(.cmds, of: node) {
            // The parent of INHERIT and the child of ATTACH PARTITION: relations that no query reads.
            for index in tape.inside(commands) where tape[index].key == .alterTableCmd {
                guard let definition = tape.member(.def, of: index) else { continue }
                let part = tape.member(.partitionCmd, of: definition).flatMap { tape.member(.name, of: $0) }
                if let other = (part ?? tape.member(.rangeVar, of: definition)).flatMap({ relationName($0) }) {
                    add(.alter, other, .relation)
                }
            }
            try walkDefinitions(commands)
        }
        return isType ? "ALTER TYPE" : "ALTER TABLE"
    }

    /// The commands of ALTER TABLE but for the relations that were counted already.
    private mutating func walkDefinitions(_ commands: Int) throws(AnalysisRefusal) {
        for command in tape.children(of: commands) {
            guard let node = tape.member(.alterTableCmd, of: command) else {
                try walk(command..<tape.next(command))
                continue
            }
            let definition = tape.member(.def, of: node)
            if let definition, tape.member(.rangeVar, of: definition) != nil { continue }
            if let definition, let part = tape.member(.partitionCmd, of: definition) {
                try walkMembers(of: part, except: [.name])
                continue
            }
            try walk(tape.inside(node))
        }
    }

    private mutating func createTrigger(_ node: Int) throws(AnalysisRefusal) -> String {
        if let name = tape.member(.funcname, of: node).flatMap({ qualified(tape.names(in: $0)) }) {
            // It runs whenever anyone changes the table.
            add(.execute, name, .function)
        }
        if let name = tape.member(.constrrel, of: node).flatMap({ relationName($0) }) { add(.alter, name, .relation) }
        guard let name = tape.member(.relation, of: node).flatMap({ relationName($0) }) else {
            throw .notUnderstood("CREATE TRIGGER")
        }
        add(.alter, name, .relation)
        try walkMembers(of: node, except: [.relation, .constrrel, .funcname])
        return "CREATE TRIGGER"
    }

    private mutating func alterRelations(_ list: Int?) {
        guard let list else { return }
        for index in tape.inside(list) where tape[index].marks.contains(.relation) { relation(index, .alter) }
    }

    private mutating func relations(
        _ node: Int,
        _ action: Action,
        _ kind: String,
        columns: [String]? = nil
    ) -> String {
        for index in tape.inside(node) where tape[index].marks.contains(.relation) {
            if let name = relationName(index) { add(action, name, .relation, columns: columns) }
        }
        return kind
    }
}
