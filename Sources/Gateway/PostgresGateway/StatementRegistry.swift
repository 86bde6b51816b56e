internal import NIOCore
internal import PostgresWire

/// The names of a session: prepared statements and portals, as the target has them.
///
/// Changes are made when their message is forwarded and confirmed when the target answers. Inside one batch (up to a
/// Sync) they may be used at once: should one fail, the target passes over its users too. Across batches a name with
/// an unconfirmed change must not be used, or a failed Parse would let another statement run than the one judged.
struct StatementRegistry {
    private enum Change {
        case statement(name: String, old: PreparedStatement?)
        case portal(name: String, old: Portal?)
    }

    private struct Pending {
        var change: Change
        var batch: UInt32
    }

    private var statements: [String: PreparedStatement] = [:] {
        didSet { last = nil }
    }
    /// What was looked up last: a driver runs one statement many times.
    private var last: (name: String, statement: PreparedStatement)?
    private var portals = PortalTable()
    private var pending = CircularBuffer<Pending>(initialCapacity: 2)

    /// Named statements, and named portals, of one session; a driver keeps some hundreds.
    static let limit = 10_000

    var hasRoomForStatement: Bool { statements.count < StatementRegistry.limit }
    var hasRoomForPortal: Bool { portals.count < StatementRegistry.limit }

    func statement(_ name: String) -> PreparedStatement? { statements[name] }

    /// As `statement`, and quick for the one that was found last.
    mutating func find(_ name: String) -> PreparedStatement? {
        if let last, last.name == name { return last.statement }
        guard let found = statements[name] else { return nil }
        last = (name, found)
        return found
    }

    @inline(__always)
    func portal(_ name: String) -> Portal? { portals[name] }

    /// Whether what a statement's name stands for depends on answers to earlier batches than `batch`.
    func isUncertain(statement name: String, batch: UInt32) -> Bool {
        guard statements[name]?.batch != batch || statements[name]?.isConfirmed == true else { return false }
        return pends(beside: batch) { if case .statement(name, _) = $0 { true } else { false } }
    }

    func isUncertain(portal name: String, batch: UInt32) -> Bool {
        guard portals[name]?.batch != batch else { return false }
        return pends(beside: batch) { if case .portal(name, _) = $0 { true } else { false } }
    }

    /// The same for a message that may use any name: an EXECUTE.
    func isAnyStatementUncertain(batch: UInt32) -> Bool {
        pends(beside: batch) { if case .statement = $0 { true } else { false } }
    }

    /// Whether a change of another batch waits for its answer. Asked for each message: a call would copy the tables for it.
    @inline(__always)
    func isPending(beside batch: UInt32) -> Bool {
        pending.first.map { $0.batch != batch } ?? false
    }

    private func pends(beside batch: UInt32, _ matches: (Change) -> Bool) -> Bool {
        // Batches come in order: when the oldest change is of this one, all are.
        guard let first = pending.first, first.batch != batch else { return false }
        return pending.contains { $0.batch != batch && matches($0.change) }
    }

    mutating func parsed(_ name: String, _ statement: PreparedStatement) {
        pending.append(Pending(change: .statement(name: name, old: statements[name]), batch: statement.batch))
        statements[name] = statement
    }

    mutating func bound(_ name: String, _ portal: Portal) {
        pending.append(Pending(change: .portal(name: name, old: portals[name]), batch: portal.batch))
        portals[name] = portal
    }

    /// A Close was forwarded.
    mutating func closed(statement name: String, batch: UInt32) {
        pending.append(Pending(change: .statement(name: name, old: statements[name]), batch: batch))
        statements[name] = nil
    }

    mutating func closed(portal name: String, batch: UInt32) {
        pending.append(Pending(change: .portal(name: name, old: portals[name]), batch: batch))
        portals[name] = nil
    }

    /// The target confirmed the oldest change that waits.
    mutating func confirmed() {
        guard let first = pending.popFirst() else { return }
        if case .statement(let name, _) = first.change, statements[name]?.batch == first.batch {
            statements[name]?.isConfirmed = true
        }
    }

    /// A batch failed: its changes that were not confirmed did not happen, and what happened to the unnamed ones is
    /// not known, so they are forgotten.
    mutating func failed(batch: UInt32) {
        for entry in pending.reversed() where entry.batch == batch {
            switch entry.change {
            case .statement(let name, let old):
                guard !name.isEmpty else {
                    if statements[name]?.batch == batch { statements[name] = nil }
                    continue
                }
                statements[name] = old
            case .portal(let name, let old):
                guard !name.isEmpty else {
                    if portals[name]?.batch == batch { portals[name] = nil }
                    continue
                }
                portals[name] = old
            }
        }
        pending = CircularBuffer(pending.filter { $0.batch != batch })
    }

    /// Portals end with their transaction.
    mutating func transactionEnded() {
        guard pending.isEmpty, !portals.isEmpty else { return }
        portals.removeAll()
    }

    // MARK: SQL's own words, applied once the target has completed them

    mutating func prepared(_ name: String, _ statement: PreparedStatement) {
        statements[name] = statement
    }

    mutating func deallocated(_ name: String?) {
        guard let name else {
            statements = statements.filter { $0.key.isEmpty }
            return
        }
        statements[name] = nil
    }
}
