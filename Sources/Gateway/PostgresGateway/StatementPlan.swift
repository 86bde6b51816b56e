internal import AccessModel
internal import Crypto
internal import Masking
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
    /// Whether the record does not tell the text as it is, for its role asks for that or it may carry a password: then
    /// parameters, and the target's words about values, are not told either.
    let isRedacted: Bool

    init(
        text: UnsafeBufferPointer<UInt8>,
        analysis: Analysis,
        literals: LiteralRecording = .exact,
        digest: ExactTextDigest? = nil
    ) {
        self.analysis = analysis
        self.text = Array(text)
        setsStampOnly = analysis.statements.count == 1 && analysis.statements[0].session == [.setsStamp]
        isBarrier = StatementPlan.isBarrier(analysis)
        changesSession = analysis.statements.contains { !$0.session.isEmpty }
        let recorded = RecordedText(of: text, analysis: analysis, literals: literals)
        isRedacted = recorded != .exact
        (recordHead, needsBlob) = StatementPlan.head(text, recorded, digest)
    }

    /// The beginning of the record for a role that asks for redacted literals, of a plan that was made before it did.
    func redactedHead(_ digest: ExactTextDigest?) -> [UInt8] {
        text.withUnsafeBufferPointer { text in
            StatementPlan.head(text, RecordedText(of: text, analysis: analysis, literals: .redacted), digest).0
        }
    }

    private static func head(
        _ text: UnsafeBufferPointer<UInt8>,
        _ recorded: RecordedText,
        _ digest: ExactTextDigest?
    ) -> ([UInt8], Bool) {
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
        case .redacted(let redacted) where redacted.count < RecordLimits.text / 2:
            redacted.withUnsafeBufferPointer { json.appendString(utf8: $0) }
            appendDigest(text, digest, to: &json)
        case .redacted, .withheld:
            json.append(RedactedText.withheld)
            appendDigest(text, digest, to: &json)
        }
        json.appendRaw(",\"parameters\":")
        return (json.bytes, needsBlob)
    }

    /// No hash of the text that anyone could try values with, and not its length: a value may have little entropy.
    private static func appendDigest(
        _ text: UnsafeBufferPointer<UInt8>,
        _ digest: ExactTextDigest?,
        to json: inout JSONBytes
    ) {
        json.appendRaw(",\"sha256\":null,\"hmac_sha256\":")
        guard let digest else { return json.appendNull() }
        json.appendRaw("\"")
        json.appendRaw(digest.hexDigits(of: UnsafeRawBufferPointer(text)))
        json.appendRaw("\"")
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
