package import AccessModel
internal import Synchronization

/// Where commands wait for people, and people answer.
///
/// Every event is decided under one lock, so that two approvers and two clients cannot both be the last; the gateway is
/// told after the record. A hold lives as long as its connection does: it is kept in memory alone, and the ledger tells
/// how it began and ended. Change sets outlive connections and restarts: `ApprovalDesk+ChangeSets.swift` and
/// `ApprovalDesk+Keeping.swift`.
package final class ApprovalDesk: Sendable {
    struct Entry {
        var hold: Hold
        var answer: (@Sendable (HoldAnswer) -> Void)?
        /// What is still to be done for what memory has to be kept.
        var owed: OwedKeeping?
        /// It ended before a restart.
        var isRecovered = false
        /// What is owed was tried last.
        var tried: Timestamp?
    }

    /// Holds that wait at once; more are refused.
    package static let limit = 10_000
    /// Change sets that wait or may serve.
    package static let mostSets = 500
    /// Those that ended are shown for a while.
    package static let kept = 1000

    let ports: ApprovalPorts
    /// Those that wait, change sets that were approved and may still serve, and those whose end is not yet told for good.
    let entries = Mutex<[ULID: Entry]>([:])
    private let ended = Mutex<[Hold]>([])

    package init(ports: ApprovalPorts) {
        self.ports = ports
    }

    /// Holds a command, or lets it take its place in a change set that was approved. `answer` is called once, on whatever
    /// thread ends the hold, unless `withdraw` came before.
    package func hold(
        _ command: HeldCommand,
        terms: [ApprovalTerms],
        answer: @escaping @Sendable (HoldAnswer) -> Void
    ) throws(ApprovalRefusal) -> HoldTicket {
        guard !terms.isEmpty else { throw .notApprover }
        if let ticket = use(command, terms: terms, answer: answer) { return ticket }
        let now = ports.now()
        let hold = Hold(id: ports.newID(now), command: command, terms: terms, at: now, salt: ports.random(16))
        try begin(Entry(hold: hold, answer: answer))
        return HoldTicket(id: hold.id, link: ports.link(hold.id), expires: hold.expires)
    }

    func begin(_ entry: Entry) throws(ApprovalRefusal) {
        let refusal: ApprovalRefusal? = entries.withLock { entries in
            var entry = entry
            guard hasRoom(for: entry, beside: entries) else { return .tooMany }
            guard let index = ports.record(ApprovalRecord.requested(entry.hold)) else { return .notRecorded }
            if entry.hold.subject.changeSet != nil { entry.owe(.state(after: index), at: entry.hold.created) }
            entries[entry.hold.id] = entry
            return nil
        }
        if let refusal { throw refusal }
        ports.changed(entry.hold)
    }

    private func hasRoom(for entry: Entry, beside entries: [ULID: Entry]) -> Bool {
        guard entry.hold.subject.changeSet != nil else { return entries.count < ApprovalDesk.limit }
        return entries.values.count { $0.hold.subject.changeSet != nil } < ApprovalDesk.mostSets
    }

    /// Somebody answers what they were shown. Throws why the answer was not taken, or what is still to come of it; the record
    /// is written first. The answer to a change set is on disk when this returns.
    @discardableResult
    package func answer(
        _ id: ULID,
        by person: ApprovingPerson,
        _ verdict: Vote.Verdict,
        reason: String?,
        digest: String
    ) async throws(ApprovalRefusal) -> Hold {
        let vote = Vote(person: person, verdict: verdict, reason: reason, at: ports.now())
        let entry = try entries.withLock { entries throws(ApprovalRefusal) in
            try take(vote, digest: digest, id, &entries)
        }
        let hold = entry.hold
        if hold.subject.changeSet == nil, !hold.isWaiting { entry.answer?(HoldAnswer(hold)) }
        if entry.owed != .end { ports.changed(hold) }
        if let refusal = await pay(id) { throw refusal }
        return hold
    }

    /// What an answer makes of what it is an answer to. A no to a change set is kept before it is recorded.
    private func take(
        _ vote: Vote,
        digest: String,
        _ id: ULID,
        _ entries: inout [ULID: Entry]
    ) throws(ApprovalRefusal) -> Entry {
        guard var entry = entries[id] else { throw endedRefusal(id) }
        entry.hold.clockReached(vote.at)
        if vote.verdict == .deny, entry.hold.isOpen(at: vote.at) {
            try entry.hold.revoked(vote, digest: digest)
        } else {
            try entry.hold.answered(vote, digest: digest)
        }
        let isSet = entry.hold.subject.changeSet != nil
        if isSet, entry.hold.state.isOver {
            entry.owe(.end, at: vote.at)
        } else {
            guard let index = ports.record(ApprovalRecord.answered(entry.hold, vote)) else { throw .notRecorded }
            if isSet { entry.owe(.state(after: index), at: vote.at) }
        }
        let stays = isSet || entry.hold.isWaiting
        entries[id] = stays ? entry : nil
        if !stays { remember(entry.hold) }
        return entry
    }

    /// The connection does not wait any more; its `answer` is not called. What it took of a change set is given back.
    package func withdraw(_ id: ULID, _ why: HoldEnd) {
        if giveBack(id) { return }
        _ = end(id) { $0.withdrawn(why, at: $1) }
    }

    /// Ends what is due, has others asked as well where that is due, and tries again what is owed. Called every second or so.
    package func tick() {
        let now = ports.now()
        escalate(at: now)
        let due = entries.withLock { entries in
            entries.values.filter { $0.hold.expires <= now && !$0.hold.state.isOver }.map(\.hold.id)
        }
        for id in due {
            guard let entry = end(id, { $0.clockReached($1) }) else { continue }
            entry.answer?(HoldAnswer(entry.hold))
        }
        payDebts(at: now)
    }

    private func escalate(at now: Timestamp) {
        let escalated = entries.withLock { entries in
            entries.keys.compactMap { id -> Hold? in
                guard var entry = entries[id], entry.hold.escalate(at: now) else { return nil }
                // Where the ledger takes no record nobody is told; they may answer all the same, as the terms say.
                guard let index = ports.record(ApprovalRecord.escalated(entry.hold)) else { return nil }
                if entry.hold.subject.changeSet != nil { entry.owe(.state(after: index)) }
                entries[id] = entry
                return entry.hold
            }
        }
        for hold in escalated { ports.changed(hold) }
    }

    /// Those that wait, oldest first.
    package var waiting: [Hold] { all.filter(\.isWaiting) }

    /// Approved change sets whose end has not come, oldest first.
    package var standing: [Hold] { all.filter { $0.state == .approved } }

    private var all: [Hold] {
        entries.withLock { $0.values.map(\.hold) }.sorted { $0.id < $1.id }
    }

    /// Those that ended lately, newest first.
    package var recent: [Hold] { all.filter(\.state.isOver).reversed() + ended.withLock { $0.reversed() } }

    package func find(_ id: ULID) -> Hold? {
        entries.withLock { $0[id]?.hold } ?? ended.withLock { $0.last { $0.id == id } }
    }

    /// Ends what waits, or may serve, without an answer. A change set's end is kept before it is recorded.
    func end(_ id: ULID, _ event: (inout Hold, Timestamp) -> Void) -> Entry? {
        let now = ports.now()
        let over: Entry? = entries.withLock { entries in
            guard var entry = entries[id], !entry.hold.state.isOver else { return nil }
            event(&entry.hold, now)
            guard entry.hold.state.isOver else { return nil }
            guard entry.hold.subject.changeSet == nil else {
                entry.owe(.end)
                entries[id] = entry
                return entry
            }
            entries[id] = nil
            // The end of a hold lets nothing run, so it ends whether or not the ledger takes its record.
            _ = ports.record(ApprovalRecord.ended(entry.hold))
            remember(entry.hold)
            return entry
        }
        if let over, over.owed == nil { ports.changed(over.hold) }
        return over
    }

    /// Called under the lock, so that whoever looks finds it always.
    func remember(_ hold: Hold) {
        ended.withLock { ended in
            if ended.count >= ApprovalDesk.kept { ended.removeFirst(ApprovalDesk.kept / 4) }
            ended.append(hold)
        }
    }

    private func endedRefusal(_ id: ULID) -> ApprovalRefusal {
        ended.withLock { $0.last { $0.id == id } }.map { .over($0.state.name) } ?? .unknown
    }
}
