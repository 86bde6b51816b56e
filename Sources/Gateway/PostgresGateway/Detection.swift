internal import AccessModel
internal import Masking

/// What is looked for in the values of one command, and what was found.
final class Detection {
    let all: DetectorSet
    let redacts: DetectorSet
    private let responses: [SensitiveKind: DetectorResponse]
    private var counts: [SensitiveKind: UInt64] = [:]
    /// The columns of the rows to come, where the target has just told them; for a prepared statement it has told them
    /// before, if it was asked.
    var columns: ResultColumns?
    private let prepared: PreparedStatement?
    /// COPY data are rows in binary, and not text.
    var copiesBinary = false
    /// Rows that were too long, and passed on.
    var unsearched: UInt64 = 0

    init(_ responses: [SensitiveKind: DetectorResponse], prepared: PreparedStatement?) {
        self.responses = responses
        self.prepared = prepared
        all = DetectorSet(responses.keys)
        redacts = DetectorSet(responses.filter { $0.value == .redact }.keys)
    }

    /// Nil where the target has not said what its columns are: then every value is looked through.
    var columnsNow: ResultColumns? { columns ?? prepared?.resultColumns }

    func count(_ finding: Finding) {
        counts[finding.kind, default: 0] += 1
    }

    func tell(_ outcome: inout Outcome) {
        outcome.unsearched = unsearched
        outcome.detected = SensitiveKind.allCases.compactMap { kind in
            guard let count = counts[kind], let response = responses[kind] else { return nil }
            return DetectedKind(kind: kind, response: response, count: count)
        }
    }
}
