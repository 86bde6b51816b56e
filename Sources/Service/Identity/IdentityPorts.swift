package import AccessModel

/// What Identity needs from the world; the composition root fills it.
package struct IdentityPorts: Sendable {
    /// Gets a resource over HTTPS: the URL, then the name of the issuer in the configuration, whose trust anchors
    /// (private CA) hold for this connection. Returns the body of a 200 answer, at most `IdentityLimits.document`
    /// bytes, within 10 seconds, redirects not followed. Throws for anything else.
    package var fetch: @Sendable (_ url: String, _ issuer: String) async throws -> [UInt8]
    /// Reads a file, at most `IdentityLimits.document` bytes. Throws when it cannot be read.
    package var readFile: @Sendable (_ path: String) throws -> [UInt8]
    package var now: @Sendable () -> Timestamp

    package init(
        fetch: @escaping @Sendable (_ url: String, _ issuer: String) async throws -> [UInt8],
        readFile: @escaping @Sendable (_ path: String) throws -> [UInt8],
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.fetch = fetch
        self.readFile = readFile
        self.now = now
    }
}
