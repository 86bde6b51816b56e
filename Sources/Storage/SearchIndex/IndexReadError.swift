/// Why the index did not answer.
package enum IndexReadError: Error, Hashable, Sendable {
    /// The time for an answer was over.
    case tooSlow
    /// The file cannot be read as it is: it has to be made again.
    case damaged(String)
    /// There is no file, or it does not serve.
    case unavailable(String)
}
