/// What the console's listener says beside where it listens.
package struct ConsoleTerms: Hashable, Sendable {
    /// Who may read `/metrics`.
    package enum Metrics: Hashable, Sendable {
        case everyone, loopback, off
        /// Whoever has this bearer token.
        case token(SecretReference)
    }

    /// Connections at once; and from one address.
    package var mostConnections = 512
    package var connectionsPerAddress = 128
    package var metrics = Metrics.everyone

    package init() {}
}

extension ConsoleTerms {
    /// Reads the keys of `listen.console` that are its own.
    static func read(_ map: inout MappingReader) -> ConsoleTerms {
        var terms = ConsoleTerms()
        _ = map.optional("connections") { field -> Bool? in
            guard var map = MappingReader(field) else { return nil }
            terms.mostConnections = map.optional("most", default: terms.mostConnections) { $0.integer(in: 16...65_536) }
            terms.connectionsPerAddress = map.optional("per_address", default: terms.connectionsPerAddress) {
                $0.integer(in: 4...65_536)
            }
            map.finish()
            return true
        }
        terms.metrics = map.optional("metrics", default: .everyone) { readMetrics($0) }
        return terms
    }

    private static func readMetrics(_ field: Field) -> Metrics? {
        if case .mapping = field.node.content {
            guard var map = MappingReader(field) else { return nil }
            let token = map.required("token") { SecretReference.read($0) }
            map.finish()
            return token.map { .token($0) }
        }
        guard case .scalar(let text, _) = field.node.content else {
            return field.fail("expected public, loopback, off, or {token: SECRET}")
        }
        switch text {
        case "public": return .everyone
        case "loopback": return .loopback
        case "off": return .off
        default: return field.fail("expected public, loopback, off, or {token: SECRET}, not `\(text.shown)`")
        }
    }
}
