/// Why an entry or a checkpoint is not proven.
package enum VerificationError: Error, Hashable, Sendable {
    case note(NoteError)
    case proof(ProofError)
    /// Too few of the witnesses that the policy asks for have cosigned.
    case noQuorum(cosigned: Int, known: Int)
}

extension VerificationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .note(let error): error.description
        case .proof(let error): error.description
        case .noQuorum(let cosigned, let known):
            "the witness policy is not met: \(cosigned) of its \(known) witnesses have cosigned the checkpoint"
        }
    }
}
