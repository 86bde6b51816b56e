import Foundation
import Synchronization

/// Starts processes one at a time.
///
/// Foundation learns of a child's end by a socket that the child holds. Between the making of that socket and the start
/// of its child, a child that another thread starts inherits it too, and the end is then seen only when both have
/// ended: a command that is done looks as if it ran on, for as long as its neighbour runs.
enum Spawn {
    private static let turn = Mutex(())

    /// Makes what the child needs, the pipes included, and starts it.
    static func alone<Result>(_ start: () throws -> sending Result) rethrows -> sending Result {
        try turn.withLock { _ in try start() }
    }
}
