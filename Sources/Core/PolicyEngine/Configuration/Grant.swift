package import AccessModel

/// What a role may do on one target.
package struct Grant: Hashable, Sendable {
    /// One action on one object pattern.
    package struct Rule: Hashable, Sendable {
        package var verdict: Verdict
        package var action: Action
        package var pattern: ObjectPattern
        /// The path that a decision names: `roles.nightly.grants[0].allow.update`.
        package var path: String
        package var place: Place
    }

    /// The name of a target of this configuration.
    package var target: String
    package var rules: [Rule]
    package var masks: [Mask]
    package var approval: ApprovalTerms?
    /// What is owed when a rule of this grant decides: its limits and detectors.
    package var obligations = Obligations.none
    /// When its rules count; nil for always. Its masks count always.
    package var window: TimeWindow?
    package var place: Place
}
