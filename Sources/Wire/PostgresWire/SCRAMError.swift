/// Why an exchange with a target was given up. RFC 5802, RFC 7677.
package enum SCRAMError: String, Error, Hashable, Sendable {
    case noCommonMechanism = "no common mechanism"
    case malformed = "malformed message"
    case nonceMismatch = "the server's nonce does not continue ours"
    case iterationsOutOfBounds = "the iteration count is out of bounds"
    case wrongServerSignature = "the server does not know the password"
    case serverError = "the server reported an error"
}

extension SCRAMError: CustomStringConvertible {
    package var description: String { rawValue }
}
