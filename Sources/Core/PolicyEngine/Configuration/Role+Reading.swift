import AccessModel

extension Role {
    /// The user name that asks for every role.
    static let everyRole = "countersign"

    /// What a role may refer to.
    struct Names {
        var issuers: [String]
        var people: [Person]
        var targets: [String]
    }

    static func read(_ name: String, _ place: Place, _ field: Field, names: Names) -> Role? {
        guard Field.isName(name) else { return field.fail(Field.nameRule(name)) }
        guard name != everyRole else {
            return field.fail("`\(name)` is the user that asks for every role: give the role another name")
        }
        guard var map = MappingReader(field) else { return nil }
        let description = map.optional("description") { $0.text(limit: 1024) }
        let owner = map.required("owner") { $0.reference(to: "person", in: names.people.map(\.id)) }
        let expires = map.required("expires") { $0.endOfDay() }
        let bindings = map.required("bind") { $0.list(of: "bindings") { Binding.read($0, issuers: names.issuers) } }
        let session = map.optional("session", default: SessionRules()) { SessionRules.read($0) }
        let literals = map.optional("record", default: .exact) { LiteralRecording.read($0) }
        let grants = map.required("grants") { field in
            field.list(of: "grants") { Grant.read($0, targets: names.targets, people: names.people, owner: owner) }
        }
        map.finish()
        guard let owner, let expires, let bindings, let grants else { return nil }
        return Role(
            name: name,
            description: description,
            owner: owner,
            isStopped: names.people.contains { $0.id == owner && $0.status == .left },
            expires: expires,
            bindings: bindings,
            session: session,
            literals: literals,
            grants: grants,
            place: place
        )
    }
}
