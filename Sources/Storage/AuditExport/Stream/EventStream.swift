internal import AccessModel
package import AuditLog

/// The ledger's records as events, in the order of the ledger. A command is told where its outcome stands, or, where it has
/// none, where its session or its gateway ended: so each event is told once, and whole.
package struct EventStream {
    /// After `next` has returned an event, or nil: going on from here repeats nothing and leaves nothing out.
    package private(set) var state: StreamState
    private let reader: LedgerReader
    private var cursor: LedgerCursor
    private var beginnings: [RecordPlace: JSONMembers] = [:]
    private var isConfirmed = false

    private static let keptBeginnings = 256

    package init(_ reader: LedgerReader, at state: StreamState) {
        self.reader = reader
        self.state = state
        cursor = reader.cursor(at: state.position)
    }

    /// The next event whose records are all below `end`; nil when there is none now.
    ///
    /// Throws where the ledger is damaged, or is not the one that the state is of.
    package mutating func next(below end: UInt64) throws(LedgerError) -> AuditEvent? {
        while true {
            if let item = state.waiting.first {
                state.waiting.removeFirst()
                if let event = try tell(item) { return event }
                continue
            }
            guard state.next < end else { return nil }
            try confirm()
            guard let entry = try cursor.next() else {
                // Below the end everything was on disk: what cannot be read there is no record that is being written.
                guard !cursor.isTorn else { throw EventStream.unreadable(state.next) }
                return nil
            }
            state.position = cursor.position
            if let event = try take(entry) { return event }
        }
    }

    /// Once: the record before the state's place must be the one that was there, or this is another ledger.
    private mutating func confirm() throws(LedgerError) {
        guard !isConfirmed, let position = state.position, position.index > 0 else { return }
        var before = reader.cursor(from: position.index - 1)
        guard try before.next()?.leaf == position.leaf else { throw EventStream.unreadable(position.index - 1) }
        isConfirmed = true
    }

    // MARK: One record

    private mutating func take(_ entry: LedgerEntry) throws(LedgerError) -> AuditEvent? {
        let members = try EventStream.members(entry)
        let place = RecordPlace(segment: entry.segment, offset: entry.offset, index: entry.index)
        let session = members.string("session")
        switch members.string("kind").flatMap(RecordKind.init(rawValue:)) {
        case .command:
            guard members.object("decision")?.string("outcome") == "allow", let session else {
                let line = JoinedRecord.command(
                    members,
                    session: try beginning(of: session),
                    outcome: JoinedRecord.outcome(.denied)
                )
                return try event(line, entry)
            }
            state.sessions[session, default: .init()].running[entry.index] = place
            return nil
        case .outcome: return try outcome(members, of: session)
        case .sessionOpened:
            guard let session else { return try event(entry.line, entry) }
            // An id that is given again ends what had it before.
            let older = state.sessions.updateValue(.init(opened: place), forKey: session)
            return try tell(place, session: nil, after: older.map { [$0] } ?? [])
        case .sessionClosed:
            let ended = session.flatMap { state.sessions.removeValue(forKey: $0) }
            return try tell(place, session: ended?.opened, after: ended.map { [$0] } ?? [])
        case .gatewayStarted, .gatewayStopped:
            let ended = Array(state.sessions.values)
            state.sessions.removeAll()
            return try tell(place, session: nil, after: ended)
        // What is whole by itself, kinds of later versions among it.
        default: return try event(entry.line, entry)
        }
    }

    /// What was running in sessions that are over is told first, then the record that ended them.
    private mutating func tell(
        _ record: RecordPlace,
        session: RecordPlace?,
        after ended: [StreamState.LiveSession]
    ) throws(LedgerError) -> AuditEvent? {
        var items: [StreamState.Waiting] = []
        for session in ended {
            items += session.running.values.map { StreamState.Waiting(record: $0, session: session.opened) }
        }
        items.sort { $0.record.index < $1.record.index }
        state.waiting = items + [StreamState.Waiting(record: record, session: session)]
        return nil
    }

    /// A command whose outcome will not come, or a record that came after such commands.
    private mutating func tell(_ item: StreamState.Waiting) throws(LedgerError) -> AuditEvent? {
        let entry = try entry(at: item.record)
        let members = try EventStream.members(entry)
        let session = try item.session.map { place throws(LedgerError) in try beginning(at: place) }
        switch members.string("kind") {
        case "command":
            let outcome = JoinedRecord.outcome(.unknown)
            return try event(JoinedRecord.command(members, session: session, outcome: outcome), entry)
        case "session.closed":
            guard let session else { return try event(entry.line, entry) }
            return try event(JoinedRecord.closed(members, session: session), entry)
        default: return try event(entry.line, entry)
        }
    }

    /// The first outcome of a command that runs; any other says nothing new.
    private mutating func outcome(_ members: JSONMembers, of session: String?) throws(LedgerError) -> AuditEvent? {
        guard let session, let index = members.number("of_index"),
            let place = state.sessions[session]?.running.removeValue(forKey: index)
        else { return nil }
        let entry = try entry(at: place)
        let command = try EventStream.members(entry)
        guard command.string("id") == members.string("of") else {
            state.sessions[session]?.running[index] = place
            return nil
        }
        let outcome = members.raw("outcome").map { Array($0) } ?? JoinedRecord.outcome(.unknown)
        return try event(JoinedRecord.command(command, session: try beginning(of: session), outcome: outcome), entry)
    }

    private func event(_ line: [UInt8], _ entry: LedgerEntry) throws(LedgerError) -> AuditEvent? {
        guard entry.index >= state.quietBelow else { return nil }
        guard let event = AuditEvent(joined: line, record: entry.line) else {
            throw EventStream.unreadable(entry.index)
        }
        return event
    }

    // MARK: Reading back

    private mutating func beginning(of session: String?) throws(LedgerError) -> JSONMembers? {
        guard let session, let place = state.sessions[session]?.opened else { return nil }
        return try beginning(at: place)
    }

    private mutating func beginning(at place: RecordPlace) throws(LedgerError) -> JSONMembers {
        if let known = beginnings[place] { return known }
        let members = try EventStream.members(try entry(at: place))
        if beginnings.count >= EventStream.keptBeginnings { beginnings.removeAll() }
        beginnings[place] = members
        return members
    }

    private func entry(at place: RecordPlace) throws(LedgerError) -> LedgerEntry {
        guard let entry = try reader.entry(index: place.index, segment: place.segment, offset: place.offset) else {
            throw EventStream.unreadable(place.index)
        }
        return entry
    }

    private static func members(_ entry: LedgerEntry) throws(LedgerError) -> JSONMembers {
        guard let members = JSONMembers(entry.line) else { throw unreadable(entry.index) }
        return members
    }

    private static func unreadable(_ index: UInt64) -> LedgerError {
        let damage = LedgerError.Damage(
            file: "segments",
            offset: 0,
            index: index,
            what: "the record is not what was written"
        )
        return LedgerError(.damaged(damage), file: "segments")
    }
}
