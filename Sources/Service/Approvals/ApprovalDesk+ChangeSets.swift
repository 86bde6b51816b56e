package import AccessModel
internal import Synchronization

/// Change sets: asked for once, approved once, and used statement by statement.
///
/// A use is on disk before its command is recorded, and the command is recorded before it is sent: so no crash lets one
/// approval run a statement twice. A use that was kept and whose command was never sent is lost: it is asked for anew.
extension ApprovalDesk {
    /// Has people asked about a change set. It is kept before it is answered for.
    package func request(_ set: ChangeSet, terms: [ApprovalTerms]) throws(ApprovalRefusal) -> Hold {
        guard !terms.isEmpty else { throw .notApprover }
        guard ports.store != nil else { throw .notKept }
        let now = ports.now()
        let hold = Hold(id: ports.newID(now), changeSet: set, terms: terms, at: now, salt: ports.random(16))
        try begin(Entry(hold: hold, answer: nil))
        return hold
    }

    /// Takes back what was kept before a restart. What is over is forgotten, and its record written if its time came
    /// meanwhile.
    package func restore(_ snapshots: [ChangeSetSnapshot]) {
        entries.withLock { entries in
            for snapshot in snapshots { entries[snapshot.id] = Entry(hold: Hold(snapshot), answer: nil) }
        }
        tick()
    }

    /// Returns once everything that was answered before is kept.
    package func settle() async { await ports.store?.settle() }

    /// A held command takes its place in a change set; nil where none has one for it.
    func use(
        _ command: HeldCommand,
        terms: [ApprovalTerms],
        answer: @escaping @Sendable (HoldAnswer) -> Void
    ) -> HoldTicket? {
        guard let store = ports.store, hasSets(for: command) else { return nil }
        guard let pieces = ports.canonical(command.text, command.statements) else { return nil }
        let now = ports.now()
        let useID = ports.newID(now)
        let taken: Hold? = entries.withLock { entries in
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
                entry.hold.uses.append(ChangeSetUse(id: useID, numbers: numbers, session: command.session, at: now))
                entries[id] = entry
                let hold = entry.hold
                let use = ApprovalReference(
                    id: hold.id,
                    digest: hold.digest,
                    approvers: hold.approvedBy,
                    statements: numbers
                )
                store.put(hold.snapshot(set)) { isKept in
                    answer(isKept ? .approved(use) : .refused(reason: "the use of its change set could not be kept"))
                }
                return hold
            }
            return nil
        }
        guard let taken else { return nil }
        ports.changed(taken)
        return HoldTicket(id: useID, link: ports.link(taken.id), expires: taken.expires, isPreapproved: true)
    }

    /// The use did not come to anything: its statements may be used again.
    func giveBack(_ use: ULID) -> Bool {
        let hold: Hold? = entries.withLock { entries in
            guard let id = entries.first(where: { $1.hold.uses.contains { $0.id == use } })?.key else { return nil }
            entries[id]?.hold.uses.removeAll { $0.id == use }
            guard let hold = entries[id]?.hold else { return nil }
            keep(hold)
            return hold
        }
        guard let hold else { return false }
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

    /// Keeps a change set as it is, or lets go of one that is over. Called under the lock, so that states are kept in their
    /// order.
    func keep(_ hold: Hold) {
        guard let set = hold.subject.changeSet, let store = ports.store else { return }
        switch hold.state {
        case .waiting, .approved: store.put(hold.snapshot(set)) { _ in }
        case .denied, .expired, .withdrawn: store.remove(hold.id)
        }
    }
}

extension Hold {
    func snapshot(_ set: ChangeSet) -> ChangeSetSnapshot {
        ChangeSetSnapshot(
            id: id,
            set: set,
            terms: terms,
            created: created,
            digest: digest,
            votes: votes,
            isApproved: state == .approved,
            isEscalated: isEscalated,
            uses: uses
        )
    }
}
