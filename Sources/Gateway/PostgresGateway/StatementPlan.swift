internal import AccessModel
internal import Crypto
internal import StatementAnalysis

/// What is known of one statement text once and for all: its analysis, and how a record tells it.
final class StatementPlan: Sendable {
    let analysis: Analysis
    /// `"command":{"text":"…","sha256":"…","parameters":` : the parameters, effects and decision follow.
    let recordHead: [UInt8]
    /// The text itself, for what it is sent as where masks are in force.
    let text: [UInt8]
    /// Whether the text must be kept as a blob before a record names it.
    let needsBlob: Bool
    /// Whether the text may carry a password: then its parameters may, too, and a record does not tell them.
    let hidesParameters: Bool

    init(text: UnsafeBufferPointer<UInt8>, analysis: Analysis) {
        self.analysis = analysis
        self.text = Array(text)
        setsStampOnly = analysis.statements.count == 1 && analysis.statements[0].session == [.setsStamp]
        isBarrier = StatementPlan.isBarrier(analysis)
        changesSession = analysis.statements.contains { !$0.session.isEmpty }
        let recorded = RecordedText(of: text, analysis: analysis, literals: .exact)
        hidesParameters = recorded != .exact
        (recordHead, needsBlob) = StatementPlan.head(text, recorded)
    }

    private static func head(_ text: UnsafeBufferPointer<UInt8>, _ recorded: RecordedText) -> ([UInt8], Bool) {
        var json = JSONBytes(reserving: text.count + 160)
        json.appendRaw("\"command\":{\"text\":")
        let start = json.bytes.count
        var needsBlob = false
        switch recorded {
        case .exact:
            json.appendString(utf8: text)
            needsBlob = json.bytes.count - start > RecordLimits.text
            if needsBlob {
                json = JSONBytes(reserving: 160)
                json.appendRaw("\"command\":{\"text\":null,\"bytes\":")
                json.append(UInt64(text.count))
            }
            json.appendRaw(",\"sha256\":\"")
            json.appendRaw(StatementPlan.hexDigest(of: text))
            json.appendRaw("\"")
        // No hash of the text: a password has too little entropy for one to hide it.
        case .redacted(let redacted):
            if redacted.count < RecordLimits.text / 2 {
                redacted.withUnsafeBufferPointer { json.appendString(utf8: $0) }
            } else {
                json.append(RedactedText.withheld)
            }
            json.appendRaw(",\"sha256\":null,\"bytes\":")
            json.append(UInt64(text.count))
        case .withheld:
            json.append(RedactedText.withheld)
            json.appendRaw(",\"sha256\":null,\"bytes\":")
            json.append(UInt64(text.count))
        }
        json.appendRaw(",\"parameters\":")
        return (json.bytes, needsBlob)
    }

    static func hexDigest(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        return hasher.finalize().flatMap { [JSONBytes.hexDigit($0 >> 4), JSONBytes.hexDigit($0 & 15)] }
    }

    /// The only thing that the text does is to set or reset application_name, which the stamp keeps.
    let setsStampOnly: Bool

    /// Whether its completion changes anything that the session keeps.
    let changesSession: Bool

    /// Whether messages behind this one must wait until the target has answered it.
    let isBarrier: Bool

    private static func isBarrier(_ analysis: Analysis) -> Bool {
        analysis.statements.contains { statement in
            statement.session.contains { change in
                switch change {
                case .prepares, .deallocates, .setsSearchPath, .resetsSession: true
                case .setsStamp, .executes, .transaction: false
                }
            }
        }
    }
}
