internal import AccessModel

/// Statements about an object of any type: DROP, RENAME, SET SCHEMA, OWNER, COMMENT.
extension EffectWalk {
    /// An effect on the object that stands at `element`. What is the server's is administered, unless `administers` is
    /// false (COMMENT, GRANT).
    mutating func object(
        _ element: Int,
        _ type: String,
        _ action: Action,
        administers: Bool = true
    ) throws(AnalysisRefusal) {
        let names = objectNames(element)
        let kind = ObjectClass.of(type)
        switch kind {
        case .relation, .function, .type, .schema, .other:
            guard let name = qualified(names) else { throw .notUnderstood(ObjectClass.words(type)) }
            add(action, kind == .schema ? ObjectName(name: name.name) : name, kind.kind)
        case .partOfRelation, .partOfType:
            guard let name = qualified(names.dropLast()) else { throw .notUnderstood(ObjectClass.words(type)) }
            add(action == .grant ? .grant : .alter, name, kind.kind)
        case .operatorClass:
            guard let name = qualified(Array(names.dropFirst())) else { throw .notUnderstood(ObjectClass.words(type)) }
            add(action, name)
        case .global:
            let name = names.isEmpty ? ObjectClass.words(type) : names.joined(separator: ".")
            add(administers ? .administer : action, ObjectName(name: IdentifierText.lowercased(name)))
        }
    }

    /// The strings of a name, however the grammar wraps it: a string, a list, a type, a function with its arguments.
    private func objectNames(_ element: Int) -> [String] {
        if let function = tape.member(.objectWithArgs, of: element) {
            return tape.member(.objname, of: function).map { tape.names(in: $0) } ?? []
        }
        if let type = tape.member(.typeNameNode, of: element) {
            return tape.member(.names, of: type).map { tape.names(in: $0) } ?? []
        }
        return tape.names(in: element)
    }

    mutating func drop(_ node: Int) throws(AnalysisRefusal) -> String {
        guard let list = tape.member(.objects, of: node) else { throw .notUnderstood("DROP") }
        let type = tape.text(.removeType, of: node) ?? "OBJECT_ACCESS_METHOD"
        for element in tape.children(of: list) { try object(element, type, .drop) }
        return "DROP \(ObjectClass.words(type))"
    }

    /// COMMENT, SECURITY LABEL, OWNER TO, DEPENDS ON EXTENSION.
    mutating func alterObject(_ node: Int, _ kind: String) throws(AnalysisRefusal) -> String {
        let isNote = kind == "COMMENT" || kind == "SECURITY LABEL"
        if let relation = tape.member(.relation, of: node).flatMap({ relationName($0) }) {
            add(.alter, relation, .relation)
        } else if let element = tape.member(.object, of: node) {
            let key: SyntaxKey = isNote ? .objtype : .objectType
            try object(element, tape.text(key, of: node) ?? "OBJECT_ACCESS_METHOD", .alter, administers: !isNote)
        } else {
            throw .notUnderstood(kind)
        }
        return kind
    }

    /// A new name is a new object to every grant, so it must be allowed to be created too.
    mutating func rename(_ node: Int) throws(AnalysisRefusal) -> String {
        let type = tape.text(.renameType, of: node) ?? "OBJECT_ACCESS_METHOD"
        let new = tape.text(.newname, of: node) ?? "?"
        let kind = ObjectClass.of(type)
        if let relation = tape.member(.relation, of: node).flatMap({ relationName($0) }) {
            add(.alter, relation, type == "OBJECT_ATTRIBUTE" ? .type : .relation)
            if kind == .relation { add(.create, ObjectName(schema: relation.schema, name: new), .relation) }
        } else if kind == .partOfType, let name = tape.member(.object, of: node).flatMap({ qualified(objectNames($0)) }) {
            // The grammar puts the constraint's own name apart here.
            add(.alter, name, .type)
        } else if let element = tape.member(.object, of: node) {
            try object(element, type, .alter)
            if kind == .function || kind == .type, let name = qualified(objectNames(element)) {
                add(.create, ObjectName(schema: name.schema, name: new), kind.kind)
            }
        } else if kind == .schema {
            add(.alter, ObjectName(name: tape.text(.subname, of: node) ?? "?"), .schema)
            add(.create, ObjectName(name: new), .schema)
        } else {
            add(.administer, ObjectName(name: tape.text(.subname, of: node) ?? "?"))
        }
        return "RENAME"
    }

    mutating func moveToSchema(_ node: Int) throws(AnalysisRefusal) -> String {
        let schema = tape.text(.newschema, of: node) ?? "?"
        let type = tape.text(.objectType, of: node) ?? "OBJECT_ACCESS_METHOD"
        if let relation = tape.member(.relation, of: node).flatMap({ relationName($0) }) {
            add(.alter, relation, .relation)
            add(.create, ObjectName(schema: schema, name: relation.name), .relation)
        } else if let element = tape.member(.object, of: node) {
            try object(element, type, .alter)
            if let name = qualified(objectNames(element)) {
                add(.create, ObjectName(schema: schema, name: name.name), ObjectClass.of(type).kind)
            }
        } else {
            throw .notUnderstood("SET SCHEMA")
        }
        return "SET SCHEMA"
    }
}
