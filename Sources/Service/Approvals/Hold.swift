package import AccessModel
internal import Crypto

/// What waits for an approval, and the answers to it. A machine: each event is a function, and what comes of it is the new
/// state.
package struct Hold: Sendable {
    package let id: ULID
    package let subject: HeldSubject
    /// All of them must be met.
    package let terms: [ApprovalTerms]
    /// SHA-256 of a salt and of what an approval is bound to, lower-case hexadecimal. The salt is in no record: a digest must not
    /// let anybody who reads the ledger guess at literals that records do not tell.
    package let digest: String
    package let created: Timestamp
    package let expires: Timestamp
    package private(set) var votes: [Vote] = []
    package private(set) var state = HoldState.waiting
    package private(set) var ended: Timestamp?

    /// Whether those whom the escalation names are asked as well, and that was recorded.
    package private(set) var isEscalated = false
    /// What of a change set was used.
    package internal(set) var uses: [ChangeSetUse] = []

    package static let longestReason = 1000

    package init(id: ULID, command: HeldCommand, terms: [ApprovalTerms], at now: Timestamp, salt: [UInt8] = []) {
        self.id = id
        subject = .command(command)
        self.terms = terms
        created = now
        expires = now.advanced(by: terms.map(\.within).min() ?? .zero)
        digest = Hold.digest(of: command, expires: expires, salt: salt)
    }

    init(id: ULID, changeSet: ChangeSet, terms: [ApprovalTerms], at now: Timestamp, salt: [UInt8]) {
        self.id = id
        subject = .changeSet(changeSet)
        self.terms = terms
        created = now
        expires = now.advanced(by: changeSet.within)
        digest = Hold.digest(of: changeSet.canonical(expires: expires, terms: terms), salt: salt)
    }

    /// A change set as it was before a restart. Only what is positively approved may serve: by enough people, and with no no.
    init(_ snapshot: ChangeSetSnapshot) {
        id = snapshot.id
        subject = .changeSet(snapshot.set)
        terms = snapshot.terms
        created = snapshot.created
        expires = snapshot.created.advanced(by: snapshot.set.within)
        digest = snapshot.digest
        votes = snapshot.votes
        isEscalated = snapshot.isEscalated
        uses = snapshot.uses
        if let end = snapshot.end {
            (state, ended) = (end.state, end.at)
        } else if let no = votes.first(where: { $0.verdict == .deny }) {
            (state, ended) = (.denied(by: no.person.id, reason: no.reason), no.at)
        } else if snapshot.isApproved, let last = votes.last, terms.allSatisfy({ isMet($0, at: last.at) }) {
            (state, ended) = (.approved, last.at)
        }
    }

    package static func digest(of command: HeldCommand, expires: Timestamp, salt: [UInt8] = []) -> String {
        digest(of: command.canonical(expires: expires), salt: salt)
    }

    private static func digest(of canonical: [UInt8], salt: [UInt8]) -> String {
        var text = JSONBytes(reserving: 64)
        for byte in SHA256.hash(data: salt + canonical) {
            text.appendRaw(byte: JSONBytes.hexDigit(byte >> 4))
            text.appendRaw(byte: JSONBytes.hexDigit(byte & 15))
        }
        return String(decoding: text.bytes, as: UTF8.self)
    }

    package var isWaiting: Bool { state == .waiting }

    /// Those who are asked now; whoever the escalation names is asked as well once it is due.
    package func approvers(at now: Timestamp) -> [Approver] {
        var all: [Approver] = []
        for term in terms {
            for approver in asked(term, at: now) where !all.contains(approver) { all.append(approver) }
        }
        return all
    }

    /// Whether somebody may answer now; nil for yes.
    package func refusal(for person: ApprovingPerson, at now: Timestamp) -> ApprovalRefusal? {
        guard isWaiting, now < expires else { return .over(isWaiting ? "expired" : state.name) }
        guard !isRequester(person) else { return .ownRequest }
        guard !isExcluded(person) else { return .owner }
        guard terms.contains(where: { isAsked(person, $0, at: now) }) else { return .notApprover }
        guard !votes.contains(where: { $0.person.id == person.id }) else { return .alreadyAnswered }
        return nil
    }

    /// Whether somebody is asked, now or later, or asked for it themselves: everybody else need not know of it.
    package func concerns(_ person: ApprovingPerson) -> Bool {
        isRequester(person) || votes.contains { $0.person.id == person.id }
            || terms.contains { Hold.names(person, $0.approvers + ($0.escalation?.to ?? [])) }
    }

    /// Somebody answered what they were shown, which `digest` names. One no is enough.
    package mutating func answered(_ vote: Vote, digest shown: String) throws(ApprovalRefusal) {
        // Whoever asked may take it back.
        if let refusal = refusal(for: vote.person, at: vote.at), refusal != .ownRequest || vote.verdict == .approve {
            throw refusal
        }
        guard shown == digest else { throw .notWhatWasShown }
        guard (vote.reason?.count ?? 0) <= Hold.longestReason else { throw .reasonTooLong }
        votes.append(vote)
        switch vote.verdict {
        case .deny: end(.denied(by: vote.person.id, reason: vote.reason), at: vote.at)
        case .approve:
            if terms.allSatisfy({ isMet($0, at: vote.at) }) { end(.approved, at: vote.at) }
        }
    }

    /// Somebody takes back what was approved and not used up: a no counts as long as there is something to refuse.
    mutating func revoked(_ vote: Vote, digest shown: String) throws(ApprovalRefusal) {
        guard state == .approved, isOpen(at: vote.at) else { throw .over(state.name) }
        guard isRequester(vote.person) || terms.contains(where: { isAsked(vote.person, $0, at: vote.at) }) else {
            throw .notApprover
        }
        guard shown == digest else { throw .notWhatWasShown }
        guard (vote.reason?.count ?? 0) <= Hold.longestReason else { throw .reasonTooLong }
        votes.append(vote)
        end(.denied(by: vote.person.id, reason: vote.reason), at: vote.at)
    }

    /// An approved change set of which something may still run.
    package func isOpen(at now: Timestamp) -> Bool {
        guard state == .approved, now < expires, let set = subject.changeSet else { return false }
        return !usedNumbers.isSuperset(of: set.numbers)
    }

    var usedNumbers: Set<Int> { Set(uses.flatMap(\.numbers)) }

    /// A time of the escalation has come; true once for each hold.
    mutating func escalate(at now: Timestamp) -> Bool {
        guard isWaiting, !isEscalated, now < expires, terms.contains(where: { isDue($0, at: now) }) else {
            return false
        }
        isEscalated = true
        return true
    }

    /// Whom the escalation asks as well.
    var escalatedTo: [Approver] { terms.flatMap { $0.escalation?.to ?? [] } }

    /// The time is up. Nothing happens to what is over, or not due.
    package mutating func clockReached(_ now: Timestamp) {
        guard isWaiting || state == .approved && subject.changeSet != nil, now >= expires else { return }
        end(.expired, at: now)
    }

    package mutating func withdrawn(_ why: HoldEnd, at now: Timestamp) {
        guard isWaiting else { return }
        end(.withdrawn(why), at: now)
    }

    /// As it is kept; nil for a command, which lives no longer than its connection.
    var snapshot: ChangeSetSnapshot? {
        subject.changeSet.map { set in
            ChangeSetSnapshot(
                id: id,
                set: set,
                terms: terms,
                created: created,
                digest: digest,
                votes: votes,
                isApproved: state == .approved,
                isEscalated: isEscalated,
                uses: uses,
                end: state.isOver ? ChangeSetSnapshot.End(state: state, at: ended ?? created) : nil
            )
        }
    }

    /// How many more people must say yes, by the terms that lack most.
    package func missing(at now: Timestamp) -> Int {
        terms.map { $0.quorum - yes($0, at: now) }.max().map { max(0, $0) } ?? 0
    }

    package var approvedBy: [String] { votes.filter { $0.verdict == .approve }.map(\.person.id) }

    private mutating func end(_ state: HoldState, at now: Timestamp) {
        self.state = state
        ended = now
    }

    private func isMet(_ term: ApprovalTerms, at now: Timestamp) -> Bool { yes(term, at: now) >= term.quorum }

    private func yes(_ term: ApprovalTerms, at now: Timestamp) -> Int {
        votes.count { $0.verdict == .approve && isAsked($0.person, term, at: now) }
    }

    private func isAsked(_ person: ApprovingPerson, _ term: ApprovalTerms, at now: Timestamp) -> Bool {
        Hold.names(person, asked(term, at: now))
    }

    private static func names(_ person: ApprovingPerson, _ approvers: [Approver]) -> Bool {
        approvers.contains { approver in
            switch approver {
            case .person(let id): id == person.id && !person.isLocal
            case .group(let name): person.groups.contains(name)
            case .local: person.isLocal
            }
        }
    }

    private func asked(_ term: ApprovalTerms, at now: Timestamp) -> [Approver] {
        isDue(term, at: now) ? term.approvers + (term.escalation?.to ?? []) : term.approvers
    }

    private func isDue(_ term: ApprovalTerms, at now: Timestamp) -> Bool {
        term.escalation.map { now >= created.advanced(by: $0.after) } ?? false
    }

    private func isRequester(_ person: ApprovingPerson) -> Bool {
        subject.requesters.contains { person.isCalled($0) }
    }

    private func isExcluded(_ person: ApprovingPerson) -> Bool {
        terms.contains { $0.excluded.contains { person.isCalled($0) } }
    }

    /// Whether one of those who approved is behind a session: nobody approves what they then run.
    func isApprovedByOne(of requesters: [String]) -> Bool {
        votes.contains { vote in vote.verdict == .approve && requesters.contains { vote.person.isCalled($0) } }
    }
}
