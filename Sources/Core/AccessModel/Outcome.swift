/// How a command ended.
package struct Outcome: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable {
        case ok
        /// The target answered with an error.
        case error
        /// Not sent to the target.
        case denied
        /// Sent, but the target passed over it because an earlier command of its batch had failed.
        case skipped
        case cancelled
        /// Allowed and recorded, but the session ended before it was sent: the target never saw it.
        case notExecuted = "not executed"
        /// The connection ended, or the gateway did, before the target's answer was seen. Never written by a gateway
        /// that is alive and has seen the answer; readers show it for a command that has no outcome.
        case unknown
    }

    package var status: Status
    /// Rows returned or changed, by the target's own count.
    package var rows: UInt64?
    /// `SQLSTATE: message` of the target, bounded.
    package var error: String?
    /// From the moment that the record was written to the end of the answer.
    package var microseconds: UInt64
    /// How many masked columns the command read, where it read any: each of its `rows` was made with them as masks.
    package var maskedColumns = 0
    /// What detectors found in its values, in the order of `SensitiveKind`.
    package var detected: [DetectedKind] = []
    /// Rows that were too long to be looked through, and passed on: under detectors that only report.
    package var unsearched: UInt64 = 0
    /// The bound that ended it.
    package var limit: LimitReached?

    package init(status: Status, rows: UInt64? = nil, error: String? = nil, microseconds: UInt64) {
        self.status = status
        self.rows = rows
        self.error = error
        self.microseconds = microseconds
    }
}

extension JSONBytes {
    /// `{"status":"ok","rows":1,"error":null,"duration_us":812}`
    package mutating func append(_ outcome: Outcome) {
        append(upTo: 64) { text in
            text.put("{\"status\":\"")
            if outcome.status == .ok { text.put("ok") } else { text.put(string: outcome.status.rawValue) }
            text.put("\",\"rows\":")
            if let rows = outcome.rows { text.put(rows) } else { text.put("null") }
            text.put(",\"error\":")
        }
        append(outcome.error)
        append(upTo: 40) { text in
            text.put(",\"duration_us\":")
            text.put(outcome.microseconds)
        }
        appendDone(outcome)
        appendRaw(byte: UInt8(ascii: "}"))
    }

    /// What was carried out of the obligations; nothing where nothing was.
    private mutating func appendDone(_ outcome: Outcome) {
        if outcome.maskedColumns > 0 {
            appendRaw(",\"masked\":{\"columns\":")
            append(Int64(outcome.maskedColumns))
            appendRaw(",\"rows\":")
            append(outcome.rows ?? 0)
            appendRaw("}")
        }
        if !outcome.detected.isEmpty {
            appendRaw(",\"detected\":[")
            for (index, found) in outcome.detected.enumerated() {
                appendRaw(index == 0 ? "{\"kind\":\"" : ",{\"kind\":\"")
                appendRaw(found.kind.rawValue.utf8)
                appendRaw("\",\"response\":\"")
                appendRaw(found.response.rawValue.utf8)
                appendRaw("\",\"count\":")
                append(found.count)
                appendRaw("}")
            }
            appendRaw("]")
        }
        if outcome.unsearched > 0 {
            appendRaw(",\"unsearched\":")
            append(outcome.unsearched)
        }
        if let limit = outcome.limit {
            appendRaw(",\"limit\":\"")
            appendRaw(limit.rawValue.utf8)
            appendRaw("\"")
        }
    }
}
