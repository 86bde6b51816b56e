internal import AccessModel
internal import Yams

/// What a command owes, a line each, in the words of the configuration: `rows_returned: 100`, `statement_time: 5m`,
/// `detect.card: redact`, `literals: redacted`.
struct OwedList: Equatable {
    var lines: [String]

    init(_ obligations: Obligations) {
        lines = []
        if let rows = obligations.rowsReturned { lines.append("rows_returned: \(rows)") }
        if let rows = obligations.rowsChanged { lines.append("rows_changed: \(rows)") }
        if let time = obligations.statementTime { lines.append("statement_time: \(OwedList.show(time))") }
        for (kind, response) in obligations.detectors.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append("detect.\(kind.rawValue): \(response.rawValue)")
        }
        if obligations.literals == .redacted { lines.append("literals: redacted") }
    }

    /// What a test file expects; `{}` is that nothing is owed.
    init(_ node: Node, path: String) throws {
        let keys = ["rows_returned", "rows_changed", "statement_time", "detect", "literals"]
        let map = try PolicyTestMapping(node, path: path, keys: keys)
        func fail(_ what: String) -> Failure { PolicyTestMapping.failure(node, path, "obligations: \(what)") }
        var owed = Obligations()
        owed.rowsReturned = try map.text("rows_returned").map { try OwedList.count($0, fail) }
        owed.rowsChanged = try map.text("rows_changed").map { try OwedList.count($0, fail) }
        owed.statementTime = try map.text("statement_time").map { text in
            guard let time = Moment(text), case .ago(let duration) = time else {
                throw fail("statement_time: expected a duration such as 30s, 15m or 8h")
            }
            return duration
        }
        if let detect = map.node("detect") { owed.detectors = try OwedList.detectors(detect, path) }
        if let literals = try map.text("literals") {
            guard let recording = LiteralRecording(rawValue: literals) else {
                throw fail("literals: expected exact or redacted")
            }
            owed.literals = recording
        }
        self.init(owed)
    }

    private static func show(_ time: Duration) -> String {
        let seconds = time.components.seconds
        for (unit, size) in [("h", 3600), ("m", 60)] as [(String, Int64)] where seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }

    private static func count(_ text: String, _ fail: (String) -> Failure) throws -> Int {
        guard let count = Int(text), count > 0 else { throw fail("expected a whole number of rows") }
        return count
    }

    private static func detectors(_ node: Node, _ path: String) throws -> [SensitiveKind: DetectorResponse] {
        let map = try PolicyTestMapping(node, path: path, keys: SensitiveKind.allCases.map(\.rawValue))
        var detectors: [SensitiveKind: DetectorResponse] = [:]
        for kind in SensitiveKind.allCases {
            guard let word = try map.text(kind.rawValue) else { continue }
            guard let response = DetectorResponse(rawValue: word) else {
                throw PolicyTestMapping.failure(node, path, "detect: expected report or redact")
            }
            detectors[kind] = response
        }
        return detectors
    }
}
