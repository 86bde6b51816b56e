/// Somebody who owns roles, or will approve commands.
package struct Person: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case active
        /// Whose roles are stopped.
        case left
    }

    /// The key in the file: an e-mail address as a rule.
    package var id: String
    package var name: String
    package var groups: [String]
    /// Their names at issuers (`octocat`), so that nobody approves what they asked for under another name.
    package var aliases: [String]
    package var status: Status
}

extension Person {
    static func read(_ id: String, _ place: Place, _ field: Field) -> Person? {
        guard Field.isID(id) else { return field.fail("expected an id such as ana@example.com") }
        guard var map = MappingReader(field) else { return nil }
        let name = map.optional("name", default: id) { $0.line(limit: 256) }
        let groups = map.optional("groups", default: []) { $0.list(of: "groups") { $0.name() } }
        let aliases = map.optional("aliases", default: []) { $0.list(of: "aliases") { $0.line(limit: 256) } }
        let status = map.optional("status", default: Status.active) { $0.choice() }
        map.finish()
        return Person(id: id, name: name, groups: groups, aliases: aliases, status: status)
    }
}
