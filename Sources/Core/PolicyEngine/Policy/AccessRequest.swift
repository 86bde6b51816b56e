package import AccessModel

/// A command that a session wants to run.
package struct AccessRequest: Hashable, Sendable {
    /// The roles of the session, in the order in which they were bound.
    package var roles: [String]
    /// The name of the session's target.
    package var target: String
    package var effects: [Effect]
    package var at: Timestamp
    /// Whether the command was rewritten so that it reads the masked columns of `PolicySet.masks` as their masks. Without
    /// that, what could show a masked column is denied.
    package var servesMasks: Bool

    package init(roles: [String], target: String, effects: [Effect], at: Timestamp, servesMasks: Bool = false) {
        self.roles = roles
        self.target = target
        self.effects = effects
        self.at = at
        self.servesMasks = servesMasks
    }
}
