internal import AccessModel

/// The records of a hold: that it was asked for, each answer, and its end.
enum ApprovalRecord {
    /// `"approval":{"id":…,"digest":…,"state":"waiting","expires":…,"terms":[…],"in_transaction":false},"role":…,"target":…,`
    /// then identity, and command and decision as the command's own record has them; of a change set
    /// `"change_set":{"commit":…,"ordered":…,"reason":…,"statements":[…]}`.
    static func requested(_ hold: Hold) -> RecordDraft {
        var json = begin(hold)
        json.member("expires")
        json.append(hold.expires.description)
        json.member("terms")
        json.append(hold.terms)
        switch hold.subject {
        case .command(let command):
            json.member("in_transaction")
            json.append(command.isInTransaction)
            if let rows = command.estimatedRows {
                json.member("estimated_rows")
                json.append(rows)
            }
            json.appendRaw("}")
            appendSubject(hold, &json)
            json.appendRaw(",")
            json.appendRaw(command.identityMembers)
            json.appendRaw(",")
            json.appendRaw(command.recorded)
        case .changeSet(let set):
            json.appendRaw("}")
            appendSubject(hold, &json)
            json.appendRaw(",")
            json.appendRaw(set.identityMembers.utf8)
            json.member("change_set")
            json.append(set, uses: nil)
        }
        return draft(.approvalRequested, hold, json)
    }

    /// How a change set ended. One that was found ended after a restart says `"recovered":true`: its record may be there
    /// already.
    static func end(_ hold: Hold, isRecovered: Bool) -> RecordDraft {
        if case .denied = hold.state, let vote = hold.votes.last(where: { $0.verdict == .deny }) {
            return answered(hold, vote, isRecovered: isRecovered)
        }
        return ended(hold, isRecovered: isRecovered)
    }

    /// One person's answer, and what it made of the hold.
    static func answered(_ hold: Hold, _ vote: Vote, isRecovered: Bool = false) -> RecordDraft {
        var json = begin(hold)
        append(isRecovered: isRecovered, &json)
        json.member("answer")
        json.append(vote.verdict.rawValue)
        json.member("reason")
        json.append(vote.reason)
        json.member("channel")
        json.append(vote.person.channel)
        json.member("missing")
        json.append(Int64(hold.missing(at: vote.at)))
        json.member("approvers")
        json.append(hold.approvers(at: vote.at).map(\.description))
        json.appendRaw("}")
        appendSubject(hold, &json)
        json.member("principal")
        json.append(Principal(kind: .person, issuer: vote.person.isLocal ? "local" : "people", subject: vote.person.id))
        return draft(.approvalDecided, hold, json)
    }

    /// Nobody has answered for a while: whom the escalation names is asked as well.
    static func escalated(_ hold: Hold) -> RecordDraft {
        var json = begin(hold)
        json.member("to")
        json.append(hold.escalatedTo.map(\.description))
        json.member("expires")
        json.append(hold.expires.description)
        json.appendRaw("}")
        appendSubject(hold, &json)
        return draft(.approvalEscalated, hold, json)
    }

    /// It ended without an answer.
    static func ended(_ hold: Hold, isRecovered: Bool = false) -> RecordDraft {
        var json = begin(hold)
        append(isRecovered: isRecovered, &json)
        json.member("reason")
        if case .withdrawn(let why) = hold.state { json.append(why.rawValue) } else { json.append(hold.state.name) }
        json.member("approvers")
        json.append(hold.approvers(at: hold.ended ?? hold.created).map(\.description))
        if hold.subject.changeSet != nil {
            json.member("used")
            json.append(numbers: hold.usedNumbers.sorted())
        }
        json.appendRaw("}")
        appendSubject(hold, &json)
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
        if hold.subject.changeSet != nil {
            json.member("kind")
            json.append("change_set")
        }
        return json
    }

    private static func append(isRecovered: Bool, _ json: inout JSONBytes) {
        guard isRecovered else { return }
        json.member("recovered")
        json.append(true)
    }

    /// What it is about: `"role":"…","target":{"name":"…","database":"…"}`.
    private static func appendSubject(_ hold: Hold, _ json: inout JSONBytes) {
        json.member("role")
        json.append(hold.subject.role)
        json.member("target")
        json.append(targetOf: hold.subject)
    }

    private static func draft(_ kind: RecordKind, _ hold: Hold, _ json: JSONBytes) -> RecordDraft {
        RecordDraft(kind: kind, session: hold.subject.session, body: json.bytes)
    }
}
