internal import AccessModel
internal import Console
internal import GatewayKit
internal import SearchIndex
internal import Synchronization

/// Sessions as people look at them, those that live and those that the index knows; and their end by a person.
final class SessionDesk: Sendable {
    private let live: LiveSessions
    private let archive: AuditArchive
    private let record: @Sendable (RecordDraft) -> Bool
    /// Those that are being ended.
    private let ending = Mutex<Set<ULID>>([])

    init(live: LiveSessions, archive: AuditArchive, record: @escaping @Sendable (RecordDraft) -> Bool) {
        self.live = live
        self.archive = archive
        self.record = record
    }

    var ports: SessionPorts {
        SessionPorts(
            list: { filter, page throws(ReadRefusal) in
                switch filter.state {
                case .live: self.liveOnes(filter, page)
                case .ended: try await self.ended(filter, page)
                }
            },
            find: { id, page throws(ReadRefusal) in try await self.find(id, page) },
            kill: { id, person, reason in self.kill(id, person, reason) }
        )
    }

    // MARK: Lists

    private func liveOnes(_ filter: SessionPorts.Filter, _ page: PageRequest) -> JSONBytes {
        let all = live.list()
        var found: [LiveSession] = all.reversed().filter { session in
            (filter.principal.map { session.principal.subject.hasBytes(of: $0) } ?? true)
                && (filter.role.map { session.roles.contains($0) } ?? true)
                && (filter.target.map { session.target.hasBytes(of: $0) } ?? true)
        }
        if case .live(let last) = page.cursor { found.removeAll { $0.id >= last } }
        let shown = found.prefix(page.limit)
        let next = shown.count < found.count ? shown.last.map { PageCursor.live($0.id) } : nil
        return list(shown.map { SessionView($0) }, next: next, live: all.count)
    }

    private func ended(_ filter: SessionPorts.Filter, _ page: PageRequest) async throws(ReadRefusal) -> JSONBytes {
        let found = try await archive.ask { view in
            var after: UInt64?
            if case .session(let number) = page.cursor { after = number }
            return try view.ended(
                principal: filter.principal,
                role: filter.role,
                target: filter.target,
                after: after,
                limit: page.limit + 1
            )
        }
        let shown = found.prefix(page.limit)
        let next = shown.count < found.count ? shown.last.map { PageCursor.session($0.number) } : nil
        return list(shown.compactMap { SessionView($0) }, next: next, live: live.count)
    }

    private func list(_ sessions: [SessionView], next: PageCursor?, live: Int) -> JSONBytes {
        var json = JSONBytes(reserving: 256 + 512 * sessions.count)
        json.appendRaw("{")
        json.member("sessions")
        json.appendList(sessions) { $1.append($0) }
        json.member("next")
        json.append(next?.text)
        json.member("live")
        json.append(Int64(live))
        json.appendRaw("}")
        return json
    }

    /// Those of a role, those that began last first.
    func sessions(of role: String, limit: Int) -> [SessionView] {
        live.list().reversed().filter { $0.roles.contains(role) }.prefix(limit).map { SessionView($0) }
    }

    // MARK: One

    private func find(_ id: ULID, _ page: PageRequest) async throws(ReadRefusal) -> JSONBytes? {
        var query = AuditQuery()
        query.session = id
        let asked = query
        let (known, records, end) = try await archive.ask { view in
            let after = AuditArchive.index(page.cursor)
            let records = try view.search(asked, order: .oldestFirst, after: after, limit: page.limit)
            return (try view.session(id), records, try view.end)
        }
        guard let session = live.find(id).map({ SessionView($0) }) ?? known.flatMap({ SessionView($0) }) else {
            return nil
        }
        var json = JSONBytes(reserving: 1024 + records.lines.reduce(0) { $0 + $1.count + 1 })
        json.appendRaw("{")
        json.member("session")
        json.append(session)
        json.append(records: records)
        json.member("behind")
        json.append(archive.behind(end))
        json.appendRaw("}")
        return json
    }

    // MARK: The end

    private func kill(_ id: ULID, _ person: SignedInPerson, _ reason: String?) -> SessionPorts.KillResult {
        guard live.find(id) != nil else { return .unknown }
        let isFirst = ending.withLock { ending in
            // Those that are gone meanwhile need no place here.
            ending = ending.filter { live.find($0) != nil }
            return ending.insert(id).inserted
        }
        guard isFirst else { return .already }
        guard record(PersonAct.sessionKilled(by: person, id, reason: reason)) else {
            _ = ending.withLock { $0.remove(id) }
            return .notRecorded
        }
        // From here on the ledger says who ended it, also where it ends by itself in this moment.
        let why = "ended by \(person.id)" + (reason.map { ": \($0.onOneLine)" } ?? "")
        return live.kill(id, reason: why) ? .ended : .unknown
    }
}
