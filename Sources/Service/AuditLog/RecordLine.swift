import AccessModel
import TransparencyLog

/// Writes the line of one record:
/// `{"id":"ULID","index":N,"time":"…Z","session":"ULID","n":M,"kind":"…",BODY,"salt":"…"}`, without `n` where the session is
/// null. The salt is the last member, 26 characters of 16 random bytes.
struct RecordLine {
    private var json = JSONBytes(reserving: 4096)
    /// The text of the last record's second, which most records share with the one before.
    private var second: (seconds: Int64, text: [UInt8]) = (.min, [])

    /// What stands before the body takes at most 215 bytes: names 71, two identifiers 52, two numbers 40, a time 27, a kind 25.
    private static let openingLimit = 256

    /// Bytes of the line.
    var count: Int { json.count - 1 }

    /// The hash of the line as a leaf of the tree. In memory the byte that marks a leaf stands in front of the line.
    var leaf: MerkleHash { json.bytes.withUnsafeBytes { MerkleHash.leaf(marked: $0) } }

    func append(to bytes: inout [UInt8]) {
        json.bytes.withUnsafeBytes { bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[1...])) }
    }

    mutating func write(
        _ draft: RecordDraft,
        as reference: RecordReference,
        at moment: Timestamp,
        number: UInt64,
        salt: ULID
    ) {
        noteSecond(of: moment)
        json.removeAll()
        json.appendRaw(byte: 0)
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
            switch draft.kind {
            case .command: text.put("command")
            case .outcome: text.put("outcome")
            default: text.put(string: draft.kind.rawValue)
            }
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
