/// What a rule of a grant says of the effects that it matches.
package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case allow, deny, hold
}
