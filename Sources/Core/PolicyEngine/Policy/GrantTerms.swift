import AccessModel

/// What goes with every rule of one grant. A class, so that a rule carries one reference.
final class GrantTerms: Sendable {
    /// `roles.nightly.grants[0]`
    let path: String
    let window: TimeWindow?
    let obligations: Obligations
    let approval: ApprovalTerms?

    init(_ grant: Grant, path: String) {
        self.path = path
        window = grant.window
        obligations = grant.obligations
        approval = grant.approval
    }

    /// Nil asks whether it ever counts.
    func isOpen(at moment: Timestamp?) -> Bool {
        guard let window, let moment else { return true }
        return window.contains(moment)
    }
}
