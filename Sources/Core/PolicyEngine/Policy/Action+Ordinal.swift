import AccessModel

extension Action {
    /// The place of this action in tables. An enum with text as raw value hashes the text; this costs nothing.
    var ordinal: Int {
        switch self {
        case .select: 0
        case .insert: 1
        case .update: 2
        case .delete: 3
        case .truncate: 4
        case .lock: 5
        case .create: 6
        case .alter: 7
        case .drop: 8
        case .grant: 9
        case .execute: 10
        case .do: 11
        case .maintain: 12
        case .set: 13
        case .setRole: 14
        case .listen: 15
        case .notify: 16
        case .serverFile: 17
        case .serverProgram: 18
        case .administer: 19
        case .twoPhase: 20
        }
    }
}
