/// Why the admin socket could not be made. Numbers and the path alone.
package struct AdminSocketError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Step: String, Hashable, Sendable {
        case pathTooLong = "the path is too long for a socket"
        case createFolder = "its folder could not be made"
        case restrict = "its mode could not be set"
        case publish = "it could not be moved into place"
    }

    package var step: Step
    package var path: String
    /// errno, or 0.
    package var code: Int32

    package var description: String {
        "admin socket \(path): \(step.rawValue)" + (code == 0 ? "" : " (errno \(code))")
    }
}
