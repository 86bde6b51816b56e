internal import AccessModel
internal import Identity
internal import Yams

/// One case of a test file: a question, and what is expected of it.
struct PolicyTestCase {
    var name: String
    var line: Int
    var question: PolicyQuestion
    /// `allow`, `hold`, `deny`, or `refused`: no session.
    var expected: String
    /// The grant that must decide; nil for any.
    var grant: String?

    private static let keys = [
        "name", "claims", "target", "sql", "expect", "grant", "issuer", "user", "source", "reason", "search_path",
    ]
    private static let outcomes = ["allow", "hold", "deny", "refused"]

    init(_ node: Node, path: String, claims: [String: ClaimsPreview]) throws {
        let map = try PolicyTestMapping(node, path: path, keys: PolicyTestCase.keys)
        let wanted = TargetName(try map.required("target"))
        guard let given = map.node("claims") else {
            throw PolicyTestMapping.failure(node, path, "`claims` is missing: a name, a map, or a JSON file")
        }
        question = PolicyQuestion(
            claims: try PolicyTestCase.claims(given, path: path, named: claims),
            target: wanted.target,
            database: wanted.database,
            sql: try map.required("sql")
        )
        expected = try map.required("expect")
        guard PolicyTestCase.outcomes.contains(expected) else {
            throw PolicyTestMapping.failure(
                node,
                path,
                "expect: one of \(PolicyTestCase.outcomes.joined(separator: ", "))"
            )
        }
        name = try map.text("name") ?? question.sql
        grant = try map.text("grant")
        question.issuer = try map.text("issuer")
        question.user = try map.text("user") ?? question.user
        question.source = try map.text("source") ?? question.source
        question.reason = try map.text("reason")
        if let schemas = map.node("search_path") {
            guard let list = schemas.sequence else {
                throw PolicyTestMapping.failure(schemas, path, "search_path: expected a list of schemas")
            }
            question.searchPath = list.compactMap(\.string)
        }
        line = node.mark?.line ?? 1
    }

    /// A name of the file's `claims:`, a map of claims, or the name of a JSON file.
    private static func claims(_ node: Node, path: String, named: [String: ClaimsPreview]) throws -> ClaimsPreview {
        if let name = node.scalar?.string {
            if let claims = named[name] { return claims }
            guard name.hasSuffix(".json") else {
                throw PolicyTestMapping.failure(node, path, "no claims are named \(name)")
            }
            return try PolicyExplainCommand.claims(from: ConfigurationResolver(path: path).resolve(name))
        }
        guard case .object(let members) = ClaimValue(node) else {
            throw PolicyTestMapping.failure(node, path, "claims: a name, a map, or a JSON file")
        }
        return ClaimsPreview(Claims(members))
    }
}
