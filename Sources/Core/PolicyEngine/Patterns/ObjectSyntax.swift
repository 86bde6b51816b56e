import AccessModel

/// How the objects of an action are written in a grant.
enum ObjectSyntax {
    /// SCHEMA.NAME, SQL identifiers.
    case qualified
    /// One SQL identifier.
    case identifier
    /// A name without regard to case, with dots.
    case parameter
    /// The path of a file; `*` does not cross `/`.
    case path
    /// Any text.
    case text

    init(_ action: Action) {
        switch action {
        case .select, .insert, .update, .delete, .truncate, .lock, .create, .alter, .drop, .grant, .execute, .maintain:
            self = .qualified
        case .setRole, .listen, .notify: self = .identifier
        case .set, .do: self = .parameter
        case .serverFile: self = .path
        case .serverProgram, .administer, .twoPhase: self = .text
        }
    }

    /// Whether there are objects of this action that are in no schema, besides those that are: schemas, databases.
    static func reachesBeyondSchemas(_ action: Action) -> Bool {
        action == .create || action == .alter || action == .drop || action == .grant || action == .maintain
    }

    /// Whether a grant of this action may name columns.
    static func hasColumns(_ action: Action) -> Bool {
        action == .select || action == .insert || action == .update
    }
}
