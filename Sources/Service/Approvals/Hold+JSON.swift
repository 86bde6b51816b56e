package import AccessModel

extension JSONBytes {
    /// A hold, for lists, pages and whoever answers it: what waits, for whom, until when, and the answers so far.
    package mutating func append(_ hold: Hold, at now: Timestamp) {
        appendRaw("{")
        appendMembers(hold, at: now)
        appendRaw("}")
    }

    /// Its members alone, for whoever has more to say of it.
    package mutating func append(membersOf hold: Hold, at now: Timestamp) {
        appendMembers(hold, at: now)
    }

    /// The same for one person: whether they may answer it, and else why not.
    package mutating func append(membersOf hold: Hold, at now: Timestamp, refusal: ApprovalRefusal?) {
        appendMembers(hold, at: now)
        member("may_answer")
        append(refusal == nil)
        member("may_not_answer_because")
        append(refusal?.description)
    }

    private mutating func appendMembers(_ hold: Hold, at now: Timestamp) {
        member("id")
        append(hold.id.description)
        member("state")
        append(hold.state.name)
        member("digest")
        append(hold.digest)
        member("created")
        append(hold.created.description)
        member("expires")
        append(hold.expires.description)
        member("ended")
        append(hold.ended?.description)
        member("missing")
        append(Int64(hold.missing(at: now)))
        member("approvers")
        append(hold.approvers(at: now).map(\.description))
        member("escalated")
        append(hold.isEscalated)
        appendVotes(hold.votes)
        member("kind")
        append(hold.subject.changeSet == nil ? "command" : "change_set")
        member("role")
        append(hold.subject.role)
        member("target")
        append(targetOf: hold.subject)
        switch hold.subject {
        case .command(let command): appendCommand(command)
        case .changeSet(let set):
            appendChangeSet(set, hold.uses)
            member("open")
            append(hold.isOpen(at: now))
        }
    }

    private mutating func appendVotes(_ votes: [Vote]) {
        member("answers")
        appendRaw("[")
        for (index, vote) in votes.enumerated() {
            if index > 0 { appendRaw(",") }
            appendRaw("{")
            member("person")
            append(vote.person.id)
            member("answer")
            append(vote.verdict.rawValue)
            member("reason")
            append(vote.reason)
            member("time")
            append(vote.at.description)
            appendRaw("}")
        }
        appendRaw("]")
    }

    private mutating func appendCommand(_ command: HeldCommand) {
        member("session")
        append(command.session.description)
        member("search_path")
        append(command.searchPath)
        member("reason")
        append(command.reason)
        member("in_transaction")
        append(command.isInTransaction)
        member("estimated_rows")
        if let rows = command.estimatedRows { append(rows) } else { appendNull() }
        member("requesters")
        append(command.requesters)
        member("obligations")
        append(command.obligations)
        appendRaw(",")
        appendRaw(command.identityMembers)
        appendRaw(",")
        appendRaw(command.recorded)
    }

    /// A change set with what a command has, so that whoever lists commands shows its text and effects.
    private mutating func appendChangeSet(_ set: ChangeSet, _ uses: [ChangeSetUse]) {
        member("session")
        appendNull()
        member("reason")
        append(set.reason)
        member("requesters")
        append(set.requesters)
        member("change_set")
        append(set, uses: uses)
        appendRaw(",")
        appendRaw(set.identityMembers.utf8)
        member("command")
        appendRaw("{")
        member("text")
        append(set.text)
        member("parameters")
        appendRaw("[]")
        member("effects")
        var effects: [ChangeSetStatement.ShownEffect] = []
        for effect in set.statements.flatMap(\.effects) where !effects.contains(effect) { effects.append(effect) }
        append(effects)
        appendRaw("}")
        member("decision")
        appendRaw("{")
        member("outcome")
        append("hold")
        member("role")
        append(set.role)
        member("policy")
        append(set.policy)
        member("reason")
        append("\(set.numbers.count) of \(set.statements.count) statements may run only after an approval")
        appendRaw("}")
    }

    /// `{"commit":…,"ordered":false,"reason":…,"statements":[…],"used":[1]}`; a request's record has no `used`.
    mutating func append(_ set: ChangeSet, uses: [ChangeSetUse]?) {
        appendRaw("{")
        member("commit")
        append(set.commit)
        member("ordered")
        append(set.isOrdered)
        member("reason")
        append(set.reason)
        member("statements")
        append(set)
        if let uses {
            member("used")
            append(numbers: uses.flatMap(\.numbers).sorted())
        }
        appendRaw("}")
    }

    /// `{"name":"orders-db","database":"orders","user":"…"}`; a change set has no user.
    mutating func append(targetOf subject: HeldSubject) {
        appendRaw("{")
        member("name")
        switch subject {
        case .command(let command):
            append(command.target)
            member("database")
            append(command.database)
            member("user")
            append(command.user)
        case .changeSet(let set):
            append(set.target)
            member("database")
            append(set.database)
        }
        appendRaw("}")
    }

    mutating func append(numbers: [Int]) {
        appendRaw("[")
        for (index, number) in numbers.enumerated() {
            if index > 0 { appendRaw(",") }
            append(Int64(number))
        }
        appendRaw("]")
    }
}
