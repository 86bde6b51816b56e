import AccessModel

/// Writes the line of one record:
/// `{"id":"ULID","index":N,"time":"…Z","session":"ULID","n":M,"kind":"…",BODY,"salt":"…"}`, without `n` where the session is
/// null. The salt is the last member, 26 characters of 16 random bytes.
struct RecordLine {
    private var json = JSONBytes(reserving: 4096)

    var bytes: [UInt8] { json.bytes }

    mutating func write(
        _ draft: RecordDraft,
        as reference: RecordReference,
        at moment: Timestamp,
        number: UInt64,
        salt: ULID
    ) {
        json.removeAll()
        json.appendRaw("{\"id\":\"")
        json.append(reference.id)
        json.appendRaw("\",\"index\":")
        json.append(reference.index)
        json.appendRaw(",\"time\":\"")
        json.appendTimestamp(moment)
        if let session = draft.session {
            json.appendRaw("\",\"session\":\"")
            json.append(session)
            json.appendRaw("\",\"n\":")
            json.append(number)
            json.appendRaw(",\"kind\":\"")
        } else {
            json.appendRaw("\",\"session\":null,\"kind\":\"")
        }
        json.appendRaw(draft.kind.rawValue.utf8)
        json.appendRaw("\"")
        if !draft.body.isEmpty {
            json.appendRaw(",")
            json.appendRaw(draft.body)
        }
        json.appendRaw(",\"salt\":\"")
        json.append(salt)
        json.appendRaw("\"}")
    }
}
