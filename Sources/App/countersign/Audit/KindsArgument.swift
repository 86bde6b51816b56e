internal import AccessModel
internal import ArgumentParser

/// `command,session.opened`, or `all`. An outcome is part of its command, and no kind of its own here.
struct KindsArgument: ExpressibleByArgument {
    /// Nil is every kind.
    var kinds: Set<RecordKind>?

    init?(argument: String) {
        guard argument != "all" else { return }
        var kinds: Set<RecordKind> = []
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = RecordKind(rawValue: String(word)), kind != .outcome else { return nil }
            kinds.insert(kind)
        }
        self.kinds = kinds
    }

    static var allValueStrings: [String] {
        ["all"] + RecordKind.allCases.filter { $0 != .outcome }.map(\.rawValue)
    }
}
