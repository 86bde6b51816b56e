package import AccessModel

extension JSONBytes {
    /// A hold, for lists, pages and whoever answers it: what waits, for whom, until when, and the answers so far.
    package mutating func append(_ hold: Hold, at now: Timestamp) {
        appendRaw("{")
        appendMembers(hold, at: now)
        appendRaw("}")
    }

    /// The same for one person: whether they may answer it, and else why not.
    package mutating func append(_ hold: Hold, at now: Timestamp, refusal: ApprovalRefusal?) {
        appendRaw("{")
        appendMembers(hold, at: now)
        member("may_answer")
        append(refusal == nil)
        member("may_not_answer_because")
        append(refusal?.description)
        appendRaw("}")
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
        appendVotes(hold.votes)
        appendCommand(hold.command)
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
        member("role")
        append(command.role)
        member("target")
        appendRaw("{")
        member("name")
        append(command.target)
        member("database")
        append(command.database)
        member("user")
        append(command.user)
        appendRaw("}")
        member("search_path")
        append(command.searchPath)
        member("reason")
        append(command.reason)
        member("in_transaction")
        append(command.isInTransaction)
        member("requesters")
        append(command.requesters)
        member("obligations")
        append(command.obligations)
        appendRaw(",")
        appendRaw(command.identityMembers)
        appendRaw(",")
        appendRaw(command.recorded)
    }
}
