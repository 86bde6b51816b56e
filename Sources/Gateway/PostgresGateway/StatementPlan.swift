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

    init(text: UnsafeBufferPointer<UInt8>, analysis: Analysis) {
        self.analysis = analysis
        self.text = Array(text)
        setsStampOnly = analysis.statements.count == 1 && analysis.statements[0].session == [.setsStamp]
        isBarrier = StatementPlan.isBarrier(analysis)
        changesSession = analysis.statements.contains { !$0.session.isEmpty }
        var json = JSONBytes(reserving: text.count + 160)
        json.appendRaw("\"command\":{\"text\":")
        if SecretStatement.mayHoldSecret(text, analysis: analysis) {
            // Neither the text nor its hash: a password has too little entropy for the hash to hide it.
            json.append("[redacted: the statement may hold a password]")
            json.appendRaw(",\"sha256\":null,\"bytes\":")
            json.append(UInt64(text.count))
            needsBlob = false
        } else {
            let start = json.bytes.count
            json.appendString(utf8: text)
            let isLong = json.bytes.count - start > RecordLimits.text
            if isLong {
                json = JSONBytes(reserving: 160)
                json.appendRaw("\"command\":{\"text\":null,\"bytes\":")
                json.append(UInt64(text.count))
            }
            needsBlob = isLong
            json.appendRaw(",\"sha256\":\"")
            json.appendRaw(StatementPlan.hexDigest(of: text))
            json.appendRaw("\"")
        }
        json.appendRaw(",\"parameters\":")
        recordHead = json.bytes
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
