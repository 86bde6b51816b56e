/// Why a witness policy file is not accepted: the line, counted from 1, and what is wrong with it.
package struct PolicyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package var line: Int
    package var what: String

    package var description: String { "line \(line): \(what)" }
}
