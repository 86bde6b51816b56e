package import AccessModel

/// The running gateway at a glance.
package struct GatewayStatus: Hashable, Sendable {
    package var version: String
    package var origin: String
    package var policy: String
    package var started: Timestamp
    package var sessions: Int
    /// Records in the ledger.
    package var records: UInt64
    package var readiness: Readiness

    package init(
        version: String,
        origin: String,
        policy: String,
        started: Timestamp,
        sessions: Int,
        records: UInt64,
        readiness: Readiness
    ) {
        self.version = version
        self.origin = origin
        self.policy = policy
        self.started = started
        self.sessions = sessions
        self.records = records
        self.readiness = readiness
    }
}

extension JSONBytes {
    mutating func append(_ status: GatewayStatus) {
        appendRaw("{")
        member("version")
        append(status.version)
        member("origin")
        append(status.origin)
        member("policy")
        append(status.policy)
        member("started")
        append(status.started.description)
        member("sessions")
        append(Int64(status.sessions))
        member("records")
        append(status.records)
        member("readiness")
        appendRaw(status.readiness.json.bytes)
        appendRaw("}")
    }
}
