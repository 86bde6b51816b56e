package import AccessModel

/// What waits for an approval.
package enum HeldSubject: Sendable {
    /// A command on its connection, which runs at once when it is approved.
    case command(HeldCommand)
    /// Statements that jobs will run later.
    case changeSet(ChangeSet)

    package var changeSet: ChangeSet? {
        if case .changeSet(let set) = self { set } else { nil }
    }

    package var role: String {
        switch self {
        case .command(let command): command.role
        case .changeSet(let set): set.role
        }
    }

    /// Nil for what no session waits for.
    package var session: ULID? {
        if case .command(let command) = self { command.session } else { nil }
    }

    var requesters: [String] {
        switch self {
        case .command(let command): command.requesters
        case .changeSet(let set): set.requesters
        }
    }
}
