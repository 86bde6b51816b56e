/// Who may open the admin socket, as somebody who has logged in.
package struct LocalOperator: Hashable, Sendable {
    /// `local:root`: the same as answers through the admin socket go by.
    package var id: String
    package var profile: PersonProfile

    package init(id: String, profile: PersonProfile) {
        self.id = id
        self.profile = profile
    }
}
