/// What a statement changes in its session, beside its effects on the target.
package enum SessionChange: Hashable, Sendable {
    /// The new list; nil where it is not a constant that surely applies to the rest of the session (RESET, DEFAULT,
    /// LOCAL, a parameter): the gateway asks the target.
    case setsSearchPath([String]?)
    /// RESET ALL, DISCARD ALL.
    case resetsSession
    /// SET or RESET of application_name, which is all that the statement does.
    case setsStamp
    /// PREPARE: the effects of `statement` count when it is executed, not now.
    indirect case prepares(name: String, statement: AnalyzedStatement)
    /// EXECUTE: the effects of the named statement count now.
    case executes(name: String)
    /// DEALLOCATE; nil is ALL.
    case deallocates(name: String?)
    /// Needs no grant.
    case transaction(TransactionVerb)
}
