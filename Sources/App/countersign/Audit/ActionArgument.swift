internal import AccessModel
internal import ArgumentParser

/// An action's word, as in a grant.
struct ActionArgument: ExpressibleByArgument {
    var action: Action

    init?(argument: String) {
        guard let action = Action(rawValue: argument) else { return nil }
        self.action = action
    }

    static var allValueStrings: [String] { Action.allCases.map(\.rawValue) }
}
