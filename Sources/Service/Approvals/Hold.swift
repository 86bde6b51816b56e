package import AccessModel
internal import Crypto

/// A held command and the answers to it. A machine: each event is a function, and what comes of it is the new state.
package struct Hold: Sendable {
    package let id: ULID
    package let command: HeldCommand
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

    package static let longestReason = 1000

    package init(id: ULID, command: HeldCommand, terms: [ApprovalTerms], at now: Timestamp, salt: [UInt8] = []) {
        self.id = id
        self.command = command
        self.terms = terms
        created = now
        expires = now.advanced(by: terms.map(\.within).min() ?? .zero)
        digest = Hold.digest(of: command, expires: expires, salt: salt)
    }

    package static func digest(of command: HeldCommand, expires: Timestamp, salt: [UInt8] = []) -> String {
        var text = JSONBytes(reserving: 64)
        for byte in SHA256.hash(data: salt + command.canonical(expires: expires)) {
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
        if let refusal = refusal(for: vote.person, at: vote.at) { throw refusal }
        guard shown == digest else { throw .notWhatWasShown }
        guard (vote.reason?.count ?? 0) <= Hold.longestReason else { throw .reasonTooLong }
        votes.append(vote)
        switch vote.verdict {
        case .deny: end(.denied(by: vote.person.id, reason: vote.reason), at: vote.at)
        case .approve:
            if terms.allSatisfy({ isMet($0, at: vote.at) }) { end(.approved, at: vote.at) }
        }
    }

    /// The time is up. Nothing happens to what is over, or not due.
    package mutating func clockReached(_ now: Timestamp) {
        guard isWaiting, now >= expires else { return }
        end(.expired, at: now)
    }

    package mutating func withdrawn(_ why: HoldEnd, at now: Timestamp) {
        guard isWaiting else { return }
        end(.withdrawn(why), at: now)
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
        guard let escalation = term.escalation, now >= created.advanced(by: escalation.after) else {
            return term.approvers
        }
        return term.approvers + escalation.to
    }

    private func isRequester(_ person: ApprovingPerson) -> Bool {
        let names = person.aliases.union([person.id, person.name]).map { $0.lowercased() }
        return command.requesters.contains { names.contains($0.lowercased()) }
    }
}
