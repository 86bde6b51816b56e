package import AccessModel
internal import Synchronization

/// Change sets: asked for once, approved once, and used statement by statement.
///
/// A use is on disk before its command is recorded, and the command is recorded before it is sent: so no crash lets one
/// approval run a statement twice. A use that was kept and whose command was never sent is lost: it is asked for anew.
extension ApprovalDesk {
    /// Has people asked about a change set, which is on disk when this returns.
    package func request(_ set: ChangeSet, terms: [ApprovalTerms]) async throws(ApprovalRefusal) -> Hold {
        guard !terms.isEmpty else { throw .notApprover }
        guard ports.store != nil else { throw .notKept }
        let now = ports.now()
        let hold = Hold(id: ports.newID(now), changeSet: set, terms: terms, at: now, salt: ports.random(16))
        try begin(Entry(hold: hold))
        guard await pay(hold.id) != nil else { return hold }
        _ = end(hold.id) { $0.withdrawn(.unkept, at: $1) }
        throw .notKept
    }

    /// Takes back what was kept before a restart. What is over stays over, and the record of its end is written if that may
    /// be missing, or if its time came meanwhile.
    package func restore(_ snapshots: [ChangeSetSnapshot]) {
        entries.withLock { entries in
            for snapshot in snapshots {
                let hold = Hold(snapshot)
                entries[snapshot.id] = Entry(
                    hold: hold,
                    owed: snapshot.end != nil ? .record : hold.state.isOver ? .end : nil,
                    isRecovered: hold.state.isOver
                )
            }
        }
        tick()
    }

    /// A held command takes its place in a change set; nil where none has one for it.
    func use(
        _ command: HeldCommand,
        terms: [ApprovalTerms],
        answer: @escaping @Sendable (HoldAnswer) -> Void
    ) -> HoldTicket? {
        guard hasSets(for: command) else { return nil }
        guard let pieces = ports.canonical(command.text, command.statements) else { return nil }
        let now = ports.now()
        let use = ports.newID(now)
        guard let (set, numbers) = take(use, command, pieces, terms, at: now) else { return nil }
        keep(set.id) { [self] isKept in
            answer(
                isKept ? allow(use, of: set, numbers) : .refused(reason: "the use of its change set could not be kept")
            )
        }
        ports.changed(set)
        return HoldTicket(id: use, link: ports.link(set.id), expires: set.expires, isPreapproved: true)
    }

    private func take(
        _ use: ULID,
        _ command: HeldCommand,
        _ pieces: [String],
        _ terms: [ApprovalTerms],
        at now: Timestamp
    ) -> (Hold, [Int])? {
        entries.withLock { entries in
            for id in entries.keys.sorted() {
                guard var entry = entries[id], let set = entry.hold.subject.changeSet, entry.hold.isOpen(at: now),
                    !entry.hold.isApprovedByOne(of: command.requesters),
                    let numbers = set.matching(
                        command,
                        pieces: pieces,
                        terms: terms,
                        own: entry.hold.terms,
                        used: entry.hold.usedNumbers
                    )
                else { continue }
                entry.hold.uses.append(ChangeSetUse(id: use, numbers: numbers, session: command.session, at: now))
                entries[id] = entry
                return (entry.hold, numbers)
            }
            return nil
        }
    }

    /// The use is on disk. Whether its set still stands: somebody may have ended it meanwhile.
    private func allow(_ use: ULID, of set: Hold, _ numbers: [Int]) -> HoldAnswer {
        let stands = entries.withLock { entries in
            guard let hold = entries[set.id]?.hold else { return false }
            return hold.state == .approved && hold.uses.contains { $0.id == use }
        }
        guard stands else { return .refused(reason: "its change set was ended meanwhile") }
        return .approved(
            ApprovalReference(id: set.id, digest: set.digest, approvers: set.approvedBy, statements: numbers)
        )
    }

    /// The use did not come to anything: its statements may be used again. Where that cannot be kept, a restart forgets it.
    func giveBack(_ use: ULID) -> Bool {
        let hold: Hold? = entries.withLock { entries in
            guard let id = entries.first(where: { $1.hold.uses.contains { $0.id == use } })?.key else { return nil }
            entries[id]?.hold.uses.removeAll { $0.id == use }
            return entries[id]?.hold
        }
        guard let hold else { return false }
        keep(hold.id) { _ in }
        ports.changed(hold)
        return true
    }

    private func hasSets(for command: HeldCommand) -> Bool {
        entries.withLock { entries in
            entries.values.contains { entry in
                entry.hold.state == .approved && entry.hold.subject.role.hasBytes(of: command.role)
            }
        }
    }
}
