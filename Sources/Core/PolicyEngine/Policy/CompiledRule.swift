/// A rule with the terms of the grant that it stands in.
struct CompiledRule: Sendable {
    var rule: Grant.Rule
    var terms: GrantTerms
}
