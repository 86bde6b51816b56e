import AccessModel

extension PolicySet {
    /// How the records of a session with these roles hold literals. Roles that have ended count, too: what they asked to
    /// keep out of the record stays out of the records of their refusals.
    func literals(of names: [String]) -> LiteralRecording {
        names.contains { roles[$0]?.role.literals == .redacted } ? .redacted : .exact
    }

    /// The smallest bounds of all grants that count.
    func leastObligations(_ live: [LiveRole], at moment: Timestamp) -> Obligations {
        live.flatMap(\.access.terms).filter { $0.isOpen(at: moment) }
            .reduce(into: Obligations()) { $0.add($1.obligations) }
    }
}
