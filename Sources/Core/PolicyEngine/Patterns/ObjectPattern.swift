package import AccessModel

/// Which objects a grant is about: `public.orders`, `reporting.*`, `public.orders(status)`, `*`.
package struct ObjectPattern: Hashable, Sendable {
    package enum Name: Hashable, Sendable {
        /// An object in a schema. Never matches an object whose schema is not known.
        case qualified(schema: NamePattern, name: NamePattern)
        /// An object that is in no schema, of an action whose objects usually are: `.reporting`, the schema itself.
        case unqualified(NamePattern)
        /// An object of an action whose objects never have a schema: a parameter, a language, a channel, a path.
        case plain(NamePattern)
    }

    package var name: Name
    /// The columns that it is about; nil for whole rows.
    package var columns: [String]?
    /// As the file has it.
    package var text: String

    /// Whether this alone allows the effect: the object matches, and all columns are known and among these.
    package func covers(_ effect: Effect) -> Bool {
        guard matches(effect.object) else { return false }
        guard let columns else { return true }
        guard let touched = effect.columns else { return false }
        return touched.allSatisfy { column in columns.contains { $0.hasBytes(of: column) } }
    }

    /// Whether the effect may reach what this names: the object matches or holds it, and one column is among these or
    /// unknown.
    package func touches(_ effect: Effect) -> Bool {
        guard matches(effect.object) || isInside(effect) else { return false }
        guard let columns, let touched = effect.columns else { return true }
        return touched.contains { column in columns.contains { $0.hasBytes(of: column) } }
    }

    package func matches(_ object: ObjectName) -> Bool {
        switch name {
        case .qualified(let schema, let name):
            guard let given = object.schema else { return false }
            return name.matches(object.name) && schema.matches(given)
        case .unqualified(let name):
            return object.schema == nil && name.matches(object.name)
        case .plain(let name):
            return name.matches(object.description)
        }
    }

    /// Whether the effect is on something as a whole that this names a part of: `drop schema public` reaches
    /// public.orders, and so do `grant … on all tables in schema public` and a `vacuum` of everything.
    func isInside(_ effect: Effect) -> Bool {
        guard effect.isOnWhole, case .qualified(let schema, _) = name else { return false }
        guard effect.object.schema == nil else { return schema.matches(effect.object.schema ?? "") }
        switch effect.action {
        case .grant, .maintain: return true
        default: return schema.matches(effect.object.name)
        }
    }

    /// The one object that it can match; nil for a pattern.
    package var exact: ObjectName? {
        switch name {
        case .qualified(.exact(let schema), .exact(let name)): ObjectName(schema: schema, name: name)
        case .plain(.exact(let name)), .unqualified(.exact(let name)): ObjectName(name: name)
        case .qualified, .unqualified, .plain: nil
        }
    }

    /// Whether this surely matches all objects that the other does; columns are not looked at.
    func contains(_ other: ObjectPattern) -> Bool {
        switch (name, other.name) {
        case (.qualified(let schema, let name), .qualified(let otherSchema, let otherName)):
            schema.contains(otherSchema) && name.contains(otherName)
        case (.unqualified(let name), .unqualified(let other)), (.plain(let name), .plain(let other)):
            name.contains(other)
        case (.qualified, _), (.unqualified, _), (.plain, _): false
        }
    }

    /// Whether it matches every object of its kind.
    package var isEverything: Bool {
        switch name {
        case .qualified(let schema, let name): schema.isEverything && name.isEverything
        case .unqualified(let name), .plain(let name): name.isEverything
        }
    }
}

extension Effect {
    /// Whether the object is a container of other objects that have grants of their own: a name without schema, or all
    /// of a schema (`public.*`, as the analysis writes it).
    var isOnWhole: Bool {
        switch action {
        case .create, .alter, .drop, .grant, .maintain: object.schema == nil || object.name == "*"
        case .select, .insert, .update, .delete, .truncate, .lock, .execute, .do, .set, .setRole, .listen, .notify,
            .serverFile, .serverProgram, .administer, .twoPhase:
            false
        }
    }
}
