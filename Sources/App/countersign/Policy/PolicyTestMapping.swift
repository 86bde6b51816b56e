internal import AccessModel
internal import Yams

/// A map of a test file whose keys are all known: a misspelt `expect` would make a test that tests nothing.
struct PolicyTestMapping {
    private let node: Node
    private let path: String
    private var values: [String: Node] = [:]

    /// Throws for a key that is not one of `keys`.
    init(_ node: Node, path: String, keys: [String]) throws {
        guard let mapping = node.mapping else { throw PolicyTestMapping.failure(node, path, "expected a map") }
        self.node = node
        self.path = path
        for (key, value) in mapping {
            guard let name = key.string, values.updateValue(value, forKey: name) == nil else {
                throw PolicyTestMapping.failure(key, path, "a key is no text, or stands here twice")
            }
            guard keys.contains(name) else {
                let known = keys.joined(separator: ", ")
                throw PolicyTestMapping.failure(key, path, "unknown key `\(name)`; there is \(known)")
            }
        }
    }

    func node(_ key: String) -> Node? {
        values[key]
    }

    func text(_ key: String) throws -> String? {
        guard let node = node(key) else { return nil }
        guard let text = node.scalar?.string else {
            throw PolicyTestMapping.failure(node, path, "\(key): expected a text")
        }
        return text
    }

    func required(_ key: String) throws -> String {
        guard let text = try text(key) else { throw PolicyTestMapping.failure(node, path, "`\(key)` is missing") }
        return text
    }

    static func failure(_ node: Node, _ path: String, _ what: String) -> Failure {
        Failure("\(path):\(node.mark?.line ?? 1): \(what)".onOneLine)
    }
}
