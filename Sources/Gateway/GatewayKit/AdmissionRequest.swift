/// What a client showed: who it says it is, with what proof, and what it wants to reach.
package struct AdmissionRequest: Sendable {
    /// The role, or `countersign` for every role of the identity.
    package var user: String
    /// `TARGET` or `TARGET/DATABASE`.
    package var database: String
    /// The password: a token. Not kept longer than the request.
    package var token: [UInt8]
    package var source: SourceEndpoint
    /// What the client calls itself.
    package var client: String?
    package var reason: String?

    package init(
        user: String,
        database: String,
        token: [UInt8],
        source: SourceEndpoint,
        client: String?,
        reason: String?
    ) {
        self.user = user
        self.database = database
        self.token = token
        self.source = source
        self.client = client
        self.reason = reason
    }
}
