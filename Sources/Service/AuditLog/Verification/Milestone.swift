import TransparencyLog

/// A size at which the tree must have a root that somebody knows.
struct Milestone {
    /// How findings call it: a file.
    var name: String
    var checkpoint: Checkpoint
    var key: NoteVerifierKey
    /// What is said when the tree has another root there.
    var difference: String
    var isReached = false
}
