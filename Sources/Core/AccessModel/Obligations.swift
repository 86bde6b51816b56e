/// What is owed when a command runs: bounds of what it returns, changes and takes, and how values and records are
/// treated. Nil and empty: nothing.
package struct Obligations: Hashable, Sendable {
    /// The most rows that may be returned.
    package var rowsReturned: Int?
    /// The most rows that may be inserted, updated and deleted together.
    package var rowsChanged: Int?
    /// The longest that it may run in the target.
    package var statementTime: Duration?
    /// What is looked for in the values that are returned, and what then.
    package var detectors: [SensitiveKind: DetectorResponse]
    /// Counts for a command that is refused, too.
    package var literals: LiteralRecording

    package init(
        rowsReturned: Int? = nil,
        rowsChanged: Int? = nil,
        statementTime: Duration? = nil,
        detectors: [SensitiveKind: DetectorResponse] = [:],
        literals: LiteralRecording = .exact
    ) {
        self.rowsReturned = rowsReturned
        self.rowsChanged = rowsChanged
        self.statementTime = statementTime
        self.detectors = detectors
        self.literals = literals
    }

    package static let none = Obligations()

    /// Takes on others beside these: the smallest bound counts, `redact` before `report`, `redacted` before `exact`.
    package mutating func add(_ other: Obligations) {
        rowsReturned = Obligations.least(rowsReturned, other.rowsReturned)
        rowsChanged = Obligations.least(rowsChanged, other.rowsChanged)
        statementTime = Obligations.least(statementTime, other.statementTime)
        if !other.detectors.isEmpty {
            detectors.merge(other.detectors) { $0 == .redact || $1 == .redact ? .redact : .report }
        }
        if other.literals == .redacted { literals = .redacted }
    }

    private static func least<Bound: Comparable>(_ left: Bound?, _ right: Bound?) -> Bound? {
        guard let left, let right else { return left ?? right }
        return min(left, right)
    }
}

extension JSONBytes {
    /// `{"rows_returned":100,"statement_time_ms":300000,"detect":{"card":"redact"},"literals":"redacted"}`; what is not
    /// owed is left out.
    package mutating func append(_ obligations: Obligations) {
        appendRaw("{")
        if let rows = obligations.rowsReturned {
            member("rows_returned")
            append(Int64(rows))
        }
        if let rows = obligations.rowsChanged {
            member("rows_changed")
            append(Int64(rows))
        }
        if let time = obligations.statementTime {
            member("statement_time_ms")
            append(time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000)
        }
        if !obligations.detectors.isEmpty {
            member("detect")
            append(obligations.detectors)
        }
        if obligations.literals == .redacted {
            member("literals")
            append(obligations.literals.rawValue)
        }
        appendRaw("}")
    }

    private mutating func append(_ detectors: [SensitiveKind: DetectorResponse]) {
        appendRaw("{")
        var isFirst = true
        for kind in SensitiveKind.allCases {
            guard let response = detectors[kind] else { continue }
            if !isFirst { appendRaw(",") }
            isFirst = false
            append(kind.rawValue)
            appendRaw(":")
            append(response.rawValue)
        }
        appendRaw("}")
    }
}
