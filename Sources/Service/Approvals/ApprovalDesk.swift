package import AccessModel
internal import Synchronization

/// Where commands wait for people, and people answer.
///
/// Every event is decided and recorded under one lock, so that two approvers and two clients cannot both be the last; the
/// gateway is told after the record. A hold lives as long as its connection does: it is kept in memory alone, and the
/// ledger tells how it began and ended. Change sets outlive connections and restarts: `ApprovalDesk+ChangeSets.swift`.
package final class ApprovalDesk: Sendable {
    struct Entry {
        var hold: Hold
        var answer: (@Sendable (HoldAnswer) -> Void)?
    }

    /// Holds that wait at once; more are refused.
    package static let limit = 10_000
    /// Change sets that wait or may serve.
    package static let mostSets = 500
    /// Those that ended are shown for a while.
    package static let kept = 1000

    let ports: ApprovalPorts
    /// Those that wait, and change sets that were approved and may still serve.
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
            guard hasRoom(for: entry, beside: entries) else { return .tooMany }
            guard ports.record(ApprovalRecord.requested(entry.hold)) else { return .notRecorded }
            entries[entry.hold.id] = entry
            keep(entry.hold)
            return nil
        }
        if let refusal { throw refusal }
        ports.changed(entry.hold)
    }

    private func hasRoom(for entry: Entry, beside entries: [ULID: Entry]) -> Bool {
        guard entry.hold.subject.changeSet != nil else { return entries.count < ApprovalDesk.limit }
        return entries.values.count { $0.hold.subject.changeSet != nil } < ApprovalDesk.mostSets
    }

    /// Somebody answers what they were shown.
    /// - Returns: the hold as it is now.
    @discardableResult
    package func answer(
        _ id: ULID,
        by person: ApprovingPerson,
        _ verdict: Vote.Verdict,
        reason: String?,
        digest: String
    ) throws(ApprovalRefusal) -> Hold {
        let vote = Vote(person: person, verdict: verdict, reason: reason, at: ports.now())
        let result: Result<(Hold, (@Sendable (HoldAnswer) -> Void)?), ApprovalRefusal> = entries.withLock { entries in
            guard var entry = entries[id] else { return .failure(endedRefusal(id)) }
            entry.hold.clockReached(vote.at)
            do throws(ApprovalRefusal) {
                if verdict == .deny, entry.hold.isOpen(at: vote.at) {
                    try entry.hold.revoked(vote, digest: digest)
                } else {
                    try entry.hold.answered(vote, digest: digest)
                }
            } catch {
                return .failure(error)
            }
            guard ports.record(ApprovalRecord.answered(entry.hold, vote)) else { return .failure(.notRecorded) }
            let stays = entry.hold.isWaiting || entry.hold.isOpen(at: vote.at)
            let answer = stays ? nil : entry.answer
            entries[id] = stays ? entry : nil
            keep(entry.hold)
            return .success((entry.hold, answer))
        }
        let (hold, answer) = try result.get()
        if !hold.isWaiting, !hold.isOpen(at: vote.at) { remember(hold) }
        answer?(HoldAnswer(hold))
        ports.changed(hold)
        return hold
    }

    /// The connection does not wait any more; its `answer` is not called. What it took of a change set is given back.
    package func withdraw(_ id: ULID, _ why: HoldEnd) {
        if giveBack(id) { return }
        guard let hold = end(id, { $0.withdrawn(why, at: $1) })?.hold else { return }
        ports.changed(hold)
    }

    /// Ends what is due, and has others asked as well where that is due. Called every second or so.
    package func tick() {
        let now = ports.now()
        escalate(at: now)
        let due = entries.withLock { $0.values.filter { $0.hold.expires <= now }.map(\.hold.id) }
        for id in due {
            guard let entry = end(id, { $0.clockReached($1) }) else { continue }
            entry.answer?(HoldAnswer(entry.hold))
            ports.changed(entry.hold)
        }
    }

    private func escalate(at now: Timestamp) {
        let escalated = entries.withLock { entries in
            entries.keys.compactMap { id -> Hold? in
                guard var entry = entries[id], entry.hold.escalate(at: now) else { return nil }
                // Where the ledger takes no record nobody is told; they may answer all the same, as the terms say.
                guard ports.record(ApprovalRecord.escalated(entry.hold)) else { return nil }
                entries[id] = entry
                keep(entry.hold)
                return entry.hold
            }
        }
        for hold in escalated { ports.changed(hold) }
    }

    /// Those that wait, oldest first.
    package var waiting: [Hold] { all.filter(\.isWaiting) }

    /// Approved change sets whose end has not come, oldest first.
    package var standing: [Hold] { all.filter { !$0.isWaiting } }

    private var all: [Hold] {
        entries.withLock { $0.values.map(\.hold) }.sorted { $0.id < $1.id }
    }

    /// Those that ended lately, newest first.
    package var recent: [Hold] { ended.withLock { $0.reversed() } }

    package func find(_ id: ULID) -> Hold? {
        entries.withLock { $0[id]?.hold } ?? ended.withLock { $0.last { $0.id == id } }
    }

    private func end(_ id: ULID, _ event: (inout Hold, Timestamp) -> Void) -> Entry? {
        let now = ports.now()
        let over: Entry? = entries.withLock { entries in
            guard var entry = entries[id] else { return nil }
            event(&entry.hold, now)
            guard !entry.hold.isWaiting, entry.hold.state != .approved else { return nil }
            entries[id] = nil
            // The end of a hold lets nothing run, so it ends whether or not the ledger takes its record.
            _ = ports.record(ApprovalRecord.ended(entry.hold))
            keep(entry.hold)
            return entry
        }
        if let over { remember(over.hold) }
        return over
    }

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

extension HoldAnswer {
    /// What the client is told of a hold that is over.
    init(_ hold: Hold) {
        switch hold.state {
        case .approved:
            self = .approved(
                ApprovalReference(id: hold.id, digest: hold.digest, approvers: hold.approvedBy)
            )
        case .denied(let person, let reason):
            self = .refused(reason: "denied by \(person)" + (reason.map { ": \($0)" } ?? ""))
        case .expired, .waiting: self = .refused(reason: "nobody approved it in time")
        case .withdrawn(let why): self = .refused(reason: why.rawValue)
        }
    }
}
