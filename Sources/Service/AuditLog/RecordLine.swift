import AccessModel

/// Writes the line of one record:
/// `{"id":"ULID","index":N,"time":"…Z","session":"ULID","n":M,"kind":"…",BODY,"salt":"…"}`, without `n` where the session is
/// null. The salt is the last member, 26 characters of 16 random bytes.
struct RecordLine {
    private var json = JSONBytes(reserving: 4096)
    /// The text of the last record's second, which most records share with the one before.
    private var second: (seconds: Int64, text: [UInt8]) = (.min, [])

    /// What stands before the body takes at most 215 bytes: names 71, two identifiers 52, two numbers 40, a time 27, a kind 25.
    private static let openingLimit = 256

    var bytes: [UInt8] { json.bytes }

    mutating func write(
        _ draft: RecordDraft,
        as reference: RecordReference,
        at moment: Timestamp,
        number: UInt64,
        salt: ULID
    ) {
        noteSecond(of: moment)
        json.removeAll()
        json.append(upTo: RecordLine.openingLimit) { text in
            text.put("{\"id\":\"")
            text.put(reference.id)
            text.put("\",\"index\":")
            text.put(reference.index)
            text.put(",\"time\":\"")
            text.put(second.text)
            text.put(UInt64(truncatingIfNeeded: moment.microseconds - second.seconds * 1_000_000), width: 6)
            text.put("Z\",\"session\":")
            if let session = draft.session {
                text.put(byte: UInt8(ascii: "\""))
                text.put(session)
                text.put("\",\"n\":")
                text.put(number)
                text.put(",\"kind\":\"")
            } else {
                text.put("null,\"kind\":\"")
            }
            text.put(draft.kind.rawValue)
            text.put(draft.body.isEmpty ? "\"" : "\",")
        }
        json.appendRaw(draft.body)
        json.append(upTo: 48) { text in
            text.put(",\"salt\":\"")
            text.put(salt)
            text.put("\"}")
        }
    }

    private mutating func noteSecond(of moment: Timestamp) {
        let seconds = moment.seconds
        guard second.seconds != seconds else { return }
        var text = JSONBytes(reserving: 20)
        text.append(upTo: 20) { $0.putSecond(seconds) }
        second = (seconds, text.bytes)
    }
}
