import AccessModel

/// What all roles of a session together say of one effect.
struct Finding {
    var outcome: DecisionOutcome
    var role: String
    /// The path of the grant; nil where nothing covers the effect, and for a mask.
    var grant: String?
    var reason: String?
    var hint: String?
    /// The smallest entry of `allow` that would do; nil where it is covered, and where an allow is no answer.
    var wanted: String?
    /// Of the grants that allowed or held it.
    var terms: [GrantTerms] = []
}
