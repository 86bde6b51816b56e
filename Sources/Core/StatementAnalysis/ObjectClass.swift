/// How the grammar writes the name of an object of some type, and where such names live.
enum ObjectClass: Hashable {
    case relation, function, type, schema
    /// In a schema, but looked up by rules of its own: collations, text search objects.
    case other
    /// A part of a relation: the relation's name, then its own.
    case partOfRelation
    /// A part of a domain.
    case partOfType
    /// The access method's name comes first.
    case operatorClass
    /// Of the database or the whole server.
    case global

    /// By the parser's word: `OBJECT_TABLE`. An unknown one is the server's.
    static func of(_ type: String) -> ObjectClass {
        switch type {
        case "OBJECT_TABLE", "OBJECT_SEQUENCE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX", "OBJECT_FOREIGN_TABLE":
            .relation
        case "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_RULE", "OBJECT_POLICY": .partOfRelation
        case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE", "OBJECT_OPERATOR": .function
        case "OBJECT_TYPE", "OBJECT_DOMAIN", "OBJECT_ATTRIBUTE": .type
        case "OBJECT_DOMCONSTRAINT": .partOfType
        case "OBJECT_SCHEMA": .schema
        case "OBJECT_OPCLASS", "OBJECT_OPFAMILY": .operatorClass
        case "OBJECT_COLLATION", "OBJECT_CONVERSION", "OBJECT_STATISTIC_EXT", "OBJECT_TSPARSER", "OBJECT_TSDICTIONARY",
            "OBJECT_TSTEMPLATE", "OBJECT_TSCONFIGURATION":
            .other
        default: .global
        }
    }

    var kind: ObjectKind {
        switch self {
        case .relation, .partOfRelation: .relation
        case .function: .function
        case .type, .partOfType: .type
        case .schema: .schema
        case .other, .operatorClass, .global: .other
        }
    }

    /// `OBJECT_FOREIGN_TABLE` -> `FOREIGN TABLE`.
    static func words(_ type: String) -> String {
        String(type.dropFirst("OBJECT_".count).map { $0 == "_" ? " " : $0 })
    }
}
