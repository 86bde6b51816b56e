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

    /// What must be owed, no more and no less; nil for anything.
    var owed: OwedList?
    /// The masks that must be in force for what is read; nil for any.
    var masks: [String: String]?

    private static let keys = [
        "name", "claims", "target", "sql", "expect", "grant", "issuer", "user", "source", "reason", "search_path", "at",
        "obligations", "masks",
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
        if let text = try map.text("at") {
            guard let moment = Timestamp(rfc3339: text) else {
                throw PolicyTestMapping.failure(node, path, "at: expected a time such as 2026-11-24T22:00:00Z")
            }
            question.at = moment
        }
        owed = try map.node("obligations").map { try OwedList($0, path: path) }
        masks = try map.node("masks").map { try PolicyTestCase.masks($0, path: path) }
        line = node.mark?.line ?? 1
    }

    /// What of the verdict is not as expected.
    func differences(_ verdict: PolicyVerdict) -> [(what: String, expected: String, decided: String)] {
        var found: [(what: String, expected: String, decided: String)] = []
        let decided = [verdict.word, verdict.grant].compactMap { $0 }.joined(separator: " by ")
        if verdict.word != expected || grant != nil && grant != verdict.grant {
            found.append(("", [expected, grant].compactMap { $0 }.joined(separator: " by "), decided))
        }
        let owes = OwedList(verdict.obligations)
        if let owed, owed != owes {
            found.append(("obligations", PolicyTestCase.list(owed.lines), PolicyTestCase.list(owes.lines)))
        }
        let inForce = Dictionary(verdict.masks.map { ($0.column, $0.method) }) { first, _ in first }
        if let masks, masks != inForce {
            func lines(_ masks: [String: String]) -> [String] { masks.map { "\($0): \($1)" }.sorted() }
            found.append(("masks", PolicyTestCase.list(lines(masks)), PolicyTestCase.list(lines(inForce))))
        }
        return found
    }

    private static func list(_ lines: [String]) -> String {
        lines.isEmpty ? "none" : lines.joined(separator: ", ")
    }

    /// Keys of masks as the configuration has them, and their methods.
    private static func masks(_ node: Node, path: String) throws -> [String: String] {
        guard let mapping = node.mapping else {
            throw PolicyTestMapping.failure(node, path, "masks: expected a map such as {public.customers.email: email}")
        }
        var masks: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.string, let method = value.scalar?.string else {
                throw PolicyTestMapping.failure(key, path, "masks: a key is a column, and its value a method")
            }
            masks[name] = method
        }
        return masks
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
