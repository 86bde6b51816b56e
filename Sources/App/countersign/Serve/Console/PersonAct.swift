internal import AccessModel
internal import Crypto

/// Records of what people do at the console and the API. They are of no session, whose own records they would come between.
enum PersonAct {
    /// `"principal":{…},"act":{"channel":"console","session":"01J…","reason":"…"|null}`
    static func sessionKilled(by person: SignedInPerson, _ session: ULID, reason: String?) -> RecordDraft {
        draft(.sessionKilled, person) { json in
            json.member("session")
            json.append(session.description)
            json.member("reason")
            json.append(reason)
        }
    }

    /// What somebody took evidence of.
    enum Taken: Sendable {
        case record(ULID)
        /// All that matched, in words.
        case filters(String)
    }

    /// `"principal":{…},"act":{"channel":"console","record":"01J…","records":3,"sha256":"…"}`: the file's digest; or in place
    /// of `record` what was asked for, `"filters":"commit 69a2c3"`.
    static func evidenceTaken(by person: SignedInPerson, _ what: Taken, records: Int, digest: SHA256Digest)
        -> RecordDraft
    {
        draft(.evidenceTaken, person) { json in
            switch what {
            case .record(let id):
                json.member("record")
                json.append(id.description)
            case .filters(let words):
                json.member("filters")
                json.append(words)
            }
            json.member("records")
            json.append(Int64(records))
            json.member("sha256")
            var text = JSONBytes(reserving: 64)
            for byte in digest {
                text.appendRaw(byte: JSONBytes.hexDigit(byte >> 4))
                text.appendRaw(byte: JSONBytes.hexDigit(byte & 15))
            }
            json.append(String(decoding: text.bytes, as: UTF8.self))
        }
    }

    private static func draft(
        _ kind: RecordKind,
        _ person: SignedInPerson,
        _ members: (inout JSONBytes) -> Void
    ) -> RecordDraft {
        var json = JSONBytes(reserving: 512)
        json.member("principal")
        json.append(Principal(kind: .person, issuer: "login", subject: person.id))
        json.member("act")
        json.appendRaw("{")
        json.member("channel")
        json.append(person.channel)
        members(&json)
        json.appendRaw("}")
        return RecordDraft(kind: kind, session: nil, body: json.bytes)
    }
}
