internal import AccessModel
internal import Identity
internal import PostgresGateway

/// Who would connect where, and send what.
struct PolicyQuestion {
    var claims: ClaimsPreview
    /// The issuer's name in the configuration; nil for the one whose URL is the `iss` claim.
    var issuer: String?
    /// As PostgreSQL clients name it: a role, or `countersign` for all.
    var user = "countersign"
    var target: String
    var database: String?
    var source = "127.0.0.1"
    var reason: String?
    var sql: String
    /// When; nil for now.
    var at: Timestamp?
    /// The schemas that a name without one is looked up in.
    var searchPath = ["public"]
    /// What the target's database holds; nil where nobody said.
    var catalog: CatalogFile?
}
