package import AccessModel

/// A session that a command line was given.
package struct CommandLineSession: Hashable, Sendable {
    /// The secret, which serves as a bearer token.
    package var token: String
    package var person: String
    package var name: String
    /// When it is over, whatever happens in it.
    package var expires: Timestamp
}
