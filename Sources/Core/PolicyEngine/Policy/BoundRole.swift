/// A role that a session has, with the person who is accountable for it.
package struct BoundRole: Hashable, Sendable {
    package var name: String
    package var owner: String

    package init(name: String, owner: String) {
        self.name = name
        self.owner = owner
    }
}
