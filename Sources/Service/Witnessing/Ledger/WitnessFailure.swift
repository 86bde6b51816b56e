/// Why there is no cosignature of a witness. Safe to print: numbers and constant words.
package enum WitnessFailure: Error, Hashable, Sendable {
    /// No connection, or none that is trusted.
    case unreachable
    /// No answer in time.
    case tooSlow
    /// It failed a short while ago, and is asked again later.
    case resting
    /// It answered with this HTTP status.
    case refused(status: Int)
    /// What it answered is not of the protocol.
    case garbage
    /// The answer holds no signature of the configured key, or one that does not verify.
    case wrongSignature
    /// A signature of another time than now: a replayed one, or a clock that is wrong.
    case wrongTime
    /// It knows this log with more entries than the ledger has. The ledger was put back, or somebody else signs with its key.
    case ahead(size: UInt64)
    /// It knows a history of this log that the ledger's does not extend, as of this size.
    case contradicts(size: UInt64)
    /// The proof for it could not be made from the ledger's tiles.
    case noProof

    /// Whether it tells of a second history, and not of a network.
    package var isConflict: Bool {
        switch self {
        case .ahead, .contradicts: true
        case .unreachable, .tooSlow, .resting, .refused, .garbage, .wrongSignature, .wrongTime, .noProof: false
        }
    }

    /// A label of few values.
    package var label: String {
        switch self {
        case .unreachable: "unreachable"
        case .tooSlow: "too_slow"
        case .resting: "resting"
        case .refused: "refused"
        case .garbage: "garbage"
        case .wrongSignature: "wrong_signature"
        case .wrongTime: "wrong_time"
        case .ahead: "ahead"
        case .contradicts: "contradicts"
        case .noProof: "no_proof"
        }
    }
}

extension WitnessFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable: "it cannot be reached, or its certificate is not trusted"
        case .tooSlow: "it did not answer in time"
        case .resting: "it failed a short while ago"
        case .refused(status: 403): "it does not trust the ledger's key (403): give it the key that `ledger key` prints"
        case .refused(status: 404): "it does not witness this ledger (404): give it the key that `ledger key` prints"
        case .refused(let status): "it answered with HTTP status \(status)"
        case .garbage: "its answer is not of the witness protocol"
        case .wrongSignature: "its answer has no valid signature of the configured key"
        case .wrongTime: "its signature is of another time: a replay, or a wrong clock"
        case .ahead(let size): "it has seen this ledger with \(size) entries, more than there are"
        case .contradicts(let size): "it holds a checkpoint of \(size) entries that this ledger does not extend"
        case .noProof: "the proof for it could not be made from the ledger's tiles"
        }
    }
}
