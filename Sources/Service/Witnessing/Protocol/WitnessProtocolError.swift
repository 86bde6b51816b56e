package import TransparencyLog

/// Why bytes are no request of the protocol. Safe to print: lines and numbers.
package enum WitnessProtocolError: Error, Hashable, Sendable {
    case tooLong(bytes: Int)
    /// Not what the protocol writes there; counted from 1.
    case malformed(line: Int)
    case proofTooLong
    case note(NoteError)
}

extension WitnessProtocolError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let bytes): "the request has \(bytes) bytes, more than \(AddCheckpointRequest.longest)"
        case .malformed(let line): "line \(line) of the request is malformed"
        case .proofTooLong: "the proof has more than \(AddCheckpointRequest.longestProof) hashes"
        case .note(let error): "\(error)"
        }
    }
}
