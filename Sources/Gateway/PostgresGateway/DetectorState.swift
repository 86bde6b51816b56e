internal import Masking

/// What a session keeps for its detectors.
struct DetectorState {
    /// Whether any statement that it was allowed has detectors: from then on rows are looked at.
    var isOn = false
    /// What is redacted in any of its results, and so in errors and notices, too.
    var redacts: DetectorSet = []
    /// The statements that the target is asked to describe, by the number that the question got.
    var described: [UInt32: PreparedStatement] = [:]
    var lastSubject: UInt32 = 0

    /// Bytes of a row, or of a message of COPY data, that is held and looked through. At some 4 ns a byte this is 16 ms in
    /// which the sessions of the same loop wait.
    static let longestRow = 4 << 20
    /// Questions that are out at once; those above it stay unanswered here, and their rows are looked through whole.
    static let describedLimit = 1024
}
