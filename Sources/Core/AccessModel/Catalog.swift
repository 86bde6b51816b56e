/// What a database of a target holds, as it was read at one moment: the names that a statement of it can mean.
///
/// A snapshot never changes; a newer one takes its place. It holds names and types, never rows. Relations of
/// `pg_catalog` and `information_schema` are in it like any others; temporary ones are not, since they belong to
/// sessions.
package final class Catalog: Sendable {
    /// Grows with each snapshot of one database; keys caches.
    package let version: UInt64
    package let relations: [ObjectName: CatalogRelation]
    /// By name without schema: a call names one of them, or none. Those of pg_catalog may be left out: the analysis knows
    /// PostgreSQL 15's, and `execute pg_catalog.NAME` is the effect of a newer server's only where it is listed.
    package let functions: [String: [CatalogFunction]]
    /// Operators and casts that users defined. Built-in ones are not listed: they read nothing but their operands.
    package let operators: [String: [CatalogOperator]]

    package init(
        version: UInt64,
        relations: [CatalogRelation],
        functions: [CatalogFunction] = [],
        operators: [CatalogOperator] = []
    ) {
        self.version = version
        self.relations = Dictionary(relations.map { ($0.name, $0) }) { first, _ in first }
        self.functions = Dictionary(grouping: functions) { $0.name.name }
        self.operators = Dictionary(grouping: operators) { $0.name.name }
    }
}
