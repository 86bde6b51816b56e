/// A relation of a snapshot: a table or what reads like one.
package struct CatalogRelation: Hashable, Sendable {
    /// `pg_class.relkind`, as far as statements can name it.
    package enum Kind: String, Hashable, Sendable {
        case table = "r"
        case partitioned = "p"
        case view = "v"
        case materializedView = "m"
        case foreign = "f"
        case sequence = "S"
        case composite = "c"
        case index = "i"
        case partitionedIndex = "I"
        case toast = "t"
    }

    /// Always with its schema.
    package var name: ObjectName
    package var kind: Kind
    /// In the order of `attnum`, without dropped ones and without system columns.
    package var columns: [CatalogColumn]
    /// What it is a partition or a child of, by `pg_inherits`: its rows are seen through these too.
    package var parents: [ObjectName]
    /// For a view: the relations and columns that its query reads, by `pg_depend` of its rewrite rule.
    package var reads: [CatalogDependency]
    /// For a view: whether it reads with the caller's rights (`security_invoker`) and not with its owner's.
    package var isSecurityInvoker: Bool
    /// Whether a rewrite rule other than a view's own stands on it: an INSERT may then be something else.
    package var hasRules: Bool
    /// The columns of its primary key, sorted; empty where there is none, or it is deferrable: GROUP BY of these covers
    /// all columns.
    package var primaryKey: [String]

    package init(
        name: ObjectName,
        kind: Kind,
        columns: [CatalogColumn],
        parents: [ObjectName] = [],
        reads: [CatalogDependency] = [],
        isSecurityInvoker: Bool = false,
        hasRules: Bool = false,
        primaryKey: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.columns = columns
        self.parents = parents
        self.reads = reads
        self.isSecurityInvoker = isSecurityInvoker
        self.hasRules = hasRules
        self.primaryKey = primaryKey
    }
}
