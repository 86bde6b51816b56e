/// Why an issuer's keys could not be loaded. The raw value is for status and logs.
package enum KeySetFault: String, Error, Hashable, Sendable, CaseIterable {
    case unreachable
    case unreadableFile = "unreadable_file"
    case tooLarge = "too_large"
    case malformedDiscovery = "malformed_discovery"
    /// The discovery document is of another issuer.
    case issuerMismatch = "issuer_mismatch"
    /// A URL that is neither `https` nor of this machine.
    case insecureAddress = "insecure_address"
    case malformedKeySet = "malformed_key_set"
}
