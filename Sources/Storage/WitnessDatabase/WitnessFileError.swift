/// Why a witness's memory cannot be used.
package enum WitnessFileError: Error, Hashable, Sendable {
    /// A new one would take its place.
    case exists
    /// There is none.
    case missing
    /// It is not a witness's, or not of this version.
    case foreign
    /// A row cannot be read.
    case damaged
    /// Its folder could not be synced.
    case unsynced
}

extension WitnessFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exists: "there is a witness's memory already"
        case .missing: "the witness's memory is gone"
        case .foreign: "the file is no witness's memory, or not of this version"
        case .damaged: "the witness's memory is damaged"
        case .unsynced: "the folder of the witness's memory could not be synced"
        }
    }
}
