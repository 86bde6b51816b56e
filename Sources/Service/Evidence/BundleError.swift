package import TransparencyLog

/// Why a bundle is not believed. Safe to print: names, numbers and what is wrong, never what a record says.
package enum BundleError: Error, Hashable, Sendable {
    case tooLong(bytes: Int)
    /// The file is no bundle.
    case malformed(String)
    /// What stands in a member is not what a bundle has there.
    case member(String, String)
    /// A bundle of a version that this program does not know.
    case unknownVersion(String)
    /// Signatures, witnesses or proof.
    case log(VerificationError)
    /// The older checkpoint: what is wrong with it, or with the way from it to the bundle's.
    case older(String)
}

extension BundleError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let bytes): "the file has \(bytes) bytes, more than a bundle may have"
        case .malformed(let what): "the file is no bundle, or was changed: \(what)"
        case .member(let name, let what): "\(name): \(what)"
        case .unknownVersion(let version): "the bundle is of version \(version), which this program does not know"
        case .log(let error): error.description
        case .older(let what): what
        }
    }
}
