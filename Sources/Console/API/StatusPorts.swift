package import AccessModel

/// What the console's overview shows; the composition root fills it.
package struct StatusPorts: Sendable {
    /// `{"version":"…","origin":"…","policy":"sha256:…","started":"…Z","now":"…Z",
    /// "sessions":{"live":12,"opened":340,"refused":2},
    /// "commands":{"minute":41,"hour":2210,"total":51234},"denied":{"minute":0,"hour":3,"total":17},
    /// "held":{"minute":0,"hour":1,"total":4,"waiting":1},
    /// "series":{"step_s":60,"end":"…Z","commands":[…],"denied":[…],"held":[…]},
    /// "ledger":{"state":"accepting"|"full"|"failed"|"closed","records":51236,"durable":51236,
    /// "checkpoint":{"records":51200,"time":"…Z"|null,"age_s":4|null}},
    /// "witnesses":{"configured":["…"],"witnessed":51200,"waiting_s":0|null,"changes_refused":false,
    /// "failing":[{"name":"…","reason":"…"}]}|null,
    /// "exports":[{"name":"…","format":"…","connected":true,"lag_records":0,"lag_s":0,"last_error":"…"|null}],
    /// "readiness":{"status":"ready"|"not ready","reasons":[{"part":"…","reason":"…"}],"warnings":[…]}}`
    ///
    /// `minute` and `hour` are the last 60 and 3,600 seconds, or as long as the gateway runs. The series has a number for each
    /// whole minute, at most 60, the oldest first; the last one ends at `end`. `waiting` is of all approvals. `reasons` and
    /// `warnings` are there where there are any.
    package var status: @Sendable () async -> JSONBytes

    package init(status: @escaping @Sendable () async -> JSONBytes) {
        self.status = status
    }

    package static let none = StatusPorts {
        var json = JSONBytes()
        json.appendRaw("{}")
        return json
    }
}
