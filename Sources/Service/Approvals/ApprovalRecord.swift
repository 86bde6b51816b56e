internal import AccessModel

/// The records of a hold: that it was asked for, each answer, and its end.
enum ApprovalRecord {
    /// `"approval":{"id":…,"digest":…,"state":"waiting","expires":…,"terms":[…],"in_transaction":false},` then identity,
    /// command and decision as the command's own record has them.
    static func requested(_ hold: Hold) -> RecordDraft {
        var json = begin(hold)
        json.member("expires")
        json.append(hold.expires.description)
        json.member("terms")
        json.appendRaw("[")
        for (index, terms) in hold.terms.enumerated() {
            if index > 0 { json.appendRaw(",") }
            json.append(terms)
        }
        json.appendRaw("]")
        json.member("in_transaction")
        json.append(hold.command.isInTransaction)
        json.appendRaw("},")
        json.appendRaw(hold.command.identityMembers)
        json.appendRaw(",")
        json.appendRaw(hold.command.recorded)
        return draft(.approvalRequested, hold, json)
    }

    /// One person's answer, and what it made of the hold.
    static func answered(_ hold: Hold, _ vote: Vote) -> RecordDraft {
        var json = begin(hold)
        json.member("answer")
        json.append(vote.verdict.rawValue)
        json.member("reason")
        json.append(vote.reason)
        json.member("channel")
        json.append(vote.person.channel)
        json.member("missing")
        json.append(Int64(hold.missing(at: vote.at)))
        json.appendRaw("},")
        json.appendRaw("\"principal\":")
        json.append(Principal(kind: .person, issuer: vote.person.isLocal ? "local" : "people", subject: vote.person.id))
        return draft(.approvalDecided, hold, json)
    }

    /// It ended without an answer.
    static func ended(_ hold: Hold) -> RecordDraft {
        var json = begin(hold)
        json.member("reason")
        if case .withdrawn(let why) = hold.state { json.append(why.rawValue) } else { json.append(hold.state.name) }
        json.appendRaw("}")
        return draft(.approvalDecided, hold, json)
    }

    private static func begin(_ hold: Hold) -> JSONBytes {
        var json = JSONBytes(reserving: 1024)
        json.appendRaw("\"approval\":{")
        json.member("id")
        json.append(hold.id.description)
        json.member("digest")
        json.append(hold.digest)
        json.member("state")
        json.append(hold.state.name)
        return json
    }

    private static func draft(_ kind: RecordKind, _ hold: Hold, _ json: JSONBytes) -> RecordDraft {
        RecordDraft(kind: kind, session: hold.command.session, body: json.bytes)
    }
}
