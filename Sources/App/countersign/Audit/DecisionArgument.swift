internal import AccessModel
internal import ArgumentParser

/// `allow`, `hold` or `deny`.
struct DecisionArgument: ExpressibleByArgument {
    var outcome: DecisionOutcome

    init?(argument: String) {
        guard let outcome = DecisionOutcome(rawValue: argument) else { return nil }
        self.outcome = outcome
    }

    static var allValueStrings: [String] { ["allow", "hold", "deny"] }
}
