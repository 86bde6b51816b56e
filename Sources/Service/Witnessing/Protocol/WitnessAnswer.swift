package import TransparencyLog

/// What a witness answers to a checkpoint, and the HTTP status that says so.
package enum WitnessAnswer: Hashable, Sendable {
    /// 200: the cosignature.
    case cosigned(NoteSignature)
    /// 400: no request of the protocol, or an old size above the checkpoint's.
    case malformed(String)
    /// 403: no key that is trusted for this origin has signed it, or one did not sign this.
    case untrusted(String)
    /// 404: no log of this origin is witnessed.
    case unknownOrigin
    /// 409: the witness knows the log at this size.
    case conflict(size: UInt64)
    /// 422: the checkpoint does not extend the one that was cosigned last.
    case inconsistent(String)
    /// 429: this log asks too often.
    case tooOften
    /// 503: the witness cannot keep what it would sign.
    case unavailable

    /// The media type of a 409's body.
    package static let sizeType = "text/x.tlog.size"
    package static let textType = "text/plain; charset=utf-8"

    package var status: Int {
        switch self {
        case .cosigned: 200
        case .malformed: 400
        case .untrusted: 403
        case .unknownOrigin: 404
        case .conflict: 409
        case .inconsistent: 422
        case .tooOften: 429
        case .unavailable: 503
        }
    }

    package var contentType: String {
        if case .conflict = self { WitnessAnswer.sizeType } else { WitnessAnswer.textType }
    }

    package var body: [UInt8] {
        switch self {
        case .cosigned(let signature): signature.line
        case .malformed(let words), .untrusted(let words), .inconsistent(let words): Array("\(words)\n".utf8)
        case .unknownOrigin: Array("no log of this origin is witnessed here\n".utf8)
        case .conflict(let size): Array("\(size)\n".utf8)
        case .tooOften: Array("this log asks too often\n".utf8)
        case .unavailable: Array("the witness cannot store what it would sign\n".utf8)
        }
    }
}
