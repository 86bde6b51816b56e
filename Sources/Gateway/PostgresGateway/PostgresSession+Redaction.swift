internal import AccessModel
internal import Masking
internal import StatementAnalysis

/// Records of sessions whose role asks for `literals: redacted`, and of texts that may carry a password.
extension PostgresSession {
    /// The beginning of a command's record. A plan may be older than a policy that asks for more.
    func head(of plan: StatementPlan) -> [UInt8] {
        literals == .exact || plan.isRedacted ? plan.recordHead : plan.redactedHead(shared.textDigest)
    }

    /// Each value as `…`, and the keyed hash of what would have been told.
    func redactedParameters(_ message: BindMessage, types: [UInt32]) -> [UInt8] {
        var json = JSONBytes(reserving: 160)
        message.appendParameters(to: &json, types: types, isHidden: true)
        let isEmpty = json.bytes.count == 2
        if json.bytes.count > RecordLimits.parameters {
            json = JSONBytes(reserving: 128)
            json.appendNull()
        }
        guard let digest = shared.textDigest, !isEmpty else { return json.bytes }
        var exact = JSONBytes(reserving: 64)
        message.appendParameters(to: &exact, types: types)
        json.appendRaw(",\"parameters_hmac_sha256\":\"")
        json.appendRaw(exact.bytes.withUnsafeBytes { digest.hexDigits(of: $0) })
        json.appendRaw("\"")
        return json.bytes
    }

    /// What an outcome says of an error: for a redacted text nothing in the target's words, which may quote it.
    static func recorded(_ error: String, isRedacted: Bool) -> String {
        guard isRedacted else { return error }
        let state = String(error.prefix(5))
        return "\(state): \(ReportScrub.words(of: state))"
    }
}
