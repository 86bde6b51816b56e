internal import AccessModel
internal import Foundation
internal import Identity
internal import Yams

/// A table of cases kept beside the configuration:
///
/// ```yaml
/// config: countersign.yaml
/// claims:
///   nightly: {iss: "https://gitlab.example.com", sub: "…", project_id: "4711"}
/// cases:
///   - {name: The job sets the status, claims: nightly, target: orders-db, sql: "UPDATE …", expect: allow}
/// ```
struct PolicyTestFile {
    /// The configuration that the file names, relative to the file.
    var config: String?
    var cases: [PolicyTestCase]

    private static let limit = 4 << 20

    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("\(path): cannot be read; does it exist, and may this user read it?")
        }
        guard data.count <= PolicyTestFile.limit, let text = String(validating: data, as: UTF8.self) else {
            throw Failure("\(path): not UTF-8, or longer than 4 MiB")
        }
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch { throw Failure("\(path): not YAML: \(error)".onOneLine) }
        guard let root else { throw Failure("\(path): the file is empty; it needs `cases:`") }
        let map = try PolicyTestMapping(root, path: path, keys: ["config", "claims", "cases"])
        config = try map.text("config").map { ConfigurationResolver(path: path).resolve($0) }
        let claims = try map.node("claims").map { try PolicyTestFile.claims($0, path: path) } ?? [:]
        guard let list = map.node("cases")?.sequence, !list.isEmpty else {
            throw Failure("\(path): needs `cases:`, a list with at least one case")
        }
        cases = try list.map { try PolicyTestCase($0, path: path, claims: claims) }
    }

    private static func claims(_ node: Node, path: String) throws -> [String: ClaimsPreview] {
        guard let mapping = node.mapping else {
            throw PolicyTestMapping.failure(node, path, "claims: is a map of names")
        }
        var named: [String: ClaimsPreview] = [:]
        for (key, value) in mapping {
            guard let name = key.string, case .object(let members) = ClaimValue(value) else {
                throw PolicyTestMapping.failure(value, path, "each entry of claims: is a map of claims")
            }
            named[name] = ClaimsPreview(Claims(members))
        }
        return named
    }
}

extension ClaimValue {
    /// A YAML value as JSON would have it: what is in quotes is a string.
    init(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            let pairs = mapping.map { ($0.key.string ?? "", ClaimValue($0.value)) }
            self = .object(Dictionary(pairs) { _, last in last })
        case .sequence(let sequence): self = .array(sequence.map { ClaimValue($0) })
        case .scalar(let scalar) where scalar.style != .plain: self = .string(scalar.string)
        case .scalar(let scalar):
            switch scalar.string {
            case "true": self = .boolean(true)
            case "false": self = .boolean(false)
            case "null", "~", "": self = .null
            default: self = Int64(scalar.string).map { .integer($0) } ?? .string(scalar.string)
            }
        case .alias: self = .null
        }
    }
}
