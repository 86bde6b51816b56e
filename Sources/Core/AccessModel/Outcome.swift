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
            text.put(outcome.status.rawValue)
            text.put("\",\"rows\":")
            if let rows = outcome.rows { text.put(rows) } else { text.put("null") }
            text.put(",\"error\":")
        }
        append(outcome.error)
        append(upTo: 40) { text in
            text.put(",\"duration_us\":")
            text.put(outcome.microseconds)
            text.put(byte: UInt8(ascii: "}"))
        }
    }
}
