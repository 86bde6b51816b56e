package import AccessModel

/// A command that a session wants to run.
package struct AccessRequest: Hashable, Sendable {
    /// The roles of the session, in the order in which they were bound.
    package var roles: [String]
    /// The name of the session's target.
    package var target: String
    package var effects: [Effect]
    package var at: Timestamp

    package init(roles: [String], target: String, effects: [Effect], at: Timestamp) {
        self.roles = roles
        self.target = target
        self.effects = effects
        self.at = at
    }
}
