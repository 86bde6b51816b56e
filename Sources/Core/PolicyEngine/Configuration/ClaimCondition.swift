package import AccessModel

/// What a claim has to be for a binding to match.
package enum ClaimCondition: Hashable, Sendable {
    /// The text of the claim. Numbers and booleans are compared by their text.
    case exact(String)
    /// `*` does not cross `/`; `**` does.
    case glob(Glob, text: String)
    case oneOf([String])

    /// A claim that is an array matches when one element does. An empty text is a claim that is not there
    /// (Forgejo writes "" for what is not set).
    package func matches(_ value: ClaimValue?) -> Bool {
        guard let value else { return false }
        if case .array(let elements) = value { return elements.contains { matches(text: $0.text) } }
        return matches(text: value.text)
    }

    private func matches(text: String?) -> Bool {
        guard let text, !text.isEmpty else { return false }
        switch self {
        case .exact(let exact): return exact.hasBytes(of: text)
        case .glob(let glob, _): return glob.matches(text)
        case .oneOf(let texts): return texts.contains { $0.hasBytes(of: text) }
        }
    }
}

extension ClaimCondition {
    static func read(_ field: Field) -> ClaimCondition? {
        guard case .mapping = field.node.content else {
            guard case .scalar = field.node.content else {
                return field.fail("expected a text, {glob: …} or {one_of: […]}, not \(field.node.kind)")
            }
            return field.line(limit: 1024).map(ClaimCondition.exact)
        }
        guard var map = MappingReader(field) else { return nil }
        let glob = map.optional("glob") { $0.line(limit: 1024) }
        let oneOf = map.optional("one_of") { $0.list(of: "texts") { $0.line(limit: 1024) } }
        map.finish()
        guard map.has("glob") != map.has("one_of") else { return field.fail("expected exactly one of glob and one_of") }
        return glob.map { .glob(Glob($0, separator: "/"), text: $0) } ?? oneOf.map(ClaimCondition.oneOf)
    }
}
