internal import AccessModel
internal import NIOCore
internal import PostgresWire

/// The bounds of a grant that are kept while a command runs.
extension PostgresSession {
    /// Counts a row of the command that is being answered; false where it is one more than it may return.
    func countRow() -> Bool {
        var isWithin = true
        withCommand(machine.answeringCommand) { command in
            guard let most = command.obligations.rowsReturned else { return }
            command.rowsReturned += 1
            isWithin = command.rowsReturned <= most
            if !isWithin { command.limit = .rowsReturned }
        }
        return isWithin
    }

    /// Whether the command that the target is at has run for longer than it may: the target is to be asked, once, to end
    /// it. The time counts from when it was sent.
    func isOverdue(at now: NIODeadline) -> Bool {
        guard !machine.isIdle, let command = running.first(where: { $0.state == .sent }), !command.isCancelled,
            let longest = command.obligations.statementTime, now - command.started > longest.amount
        else { return false }
        command.isCancelled = true
        return true
    }
}
