package import AccessModel

/// One statement of a change set.
package struct ChangeSetStatement: Hashable, Sendable, Codable {
    /// What it would do, as whoever approves is shown it.
    package struct ShownEffect: Hashable, Sendable, Codable {
        package var action: String
        package var object: String
        package var columns: [String]?

        package init(_ effect: Effect) {
            action = effect.action.rawValue
            object = effect.object.description
            columns = effect.columns
        }

        /// Whether it is the same action on the same object, or reads an object that it is shown to reach: what a WHERE reads
        /// of its own table is known with a catalog alone. Columns follow from the text, which is the same.
        func covers(_ effect: Effect) -> Bool {
            (action == effect.action.rawValue || effect.action == .select)
                && object.hasBytes(of: effect.object.description)
        }
    }

    package var text: String
    /// Its tokens: what a session's statement is compared with.
    package var canonical: String
    package var effects: [ShownEffect]
    /// Whether policy holds it; what it allows anyway is shown, and runs whether or not the set serves.
    package var needsApproval: Bool

    package init(text: String, canonical: String, effects: [ShownEffect], needsApproval: Bool) {
        self.text = text
        self.canonical = canonical
        self.effects = effects
        self.needsApproval = needsApproval
    }
}
