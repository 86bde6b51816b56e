package import AccessModel

/// What logging in needs of the world; the composition root fills it.
package struct LoginPorts: Sendable {
    package var now: @Sendable () -> Timestamp
    /// Random bytes of the system.
    package var random: @Sendable (Int) -> [UInt8]
    /// The provider's authorization endpoint. Throws where its discovery document cannot be had.
    package var authorizationEndpoint: @Sendable () async throws -> String
    /// Sends the code to the provider's token endpoint with the verifier of PKCE (RFC 7636); gives the ID token.
    package var exchange: @Sendable (_ code: String, _ verifier: String, _ redirectURI: String) async throws -> [UInt8]
    /// Verifies an ID token: signature, issuer, audience, times. Throws words that are safe to record.
    package var verify: @Sendable ([UInt8]) async throws(LoginRefusal) -> VerifiedIdentity
    /// What the policy in force says of a person, with the groups that the provider put them in; nil for somebody it does not
    /// know, or who has left.
    package var profile: @Sendable (_ id: String, _ groups: Set<String>) -> PersonProfile?
    /// Who may open the admin socket; nil where nobody is let in by a link.
    package var local: @Sendable () -> LocalOperator?
    /// Appends a record; false where the ledger takes none.
    package var record: @Sendable (RecordDraft) -> Bool

    package init(
        now: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable (Int) -> [UInt8],
        authorizationEndpoint: @escaping @Sendable () async throws -> String,
        exchange: @escaping @Sendable (String, String, String) async throws -> [UInt8],
        verify: @escaping @Sendable ([UInt8]) async throws(LoginRefusal) -> VerifiedIdentity,
        profile: @escaping @Sendable (String, Set<String>) -> PersonProfile?,
        local: @escaping @Sendable () -> LocalOperator? = { nil },
        record: @escaping @Sendable (RecordDraft) -> Bool
    ) {
        self.now = now
        self.random = random
        self.authorizationEndpoint = authorizationEndpoint
        self.exchange = exchange
        self.verify = verify
        self.profile = profile
        self.local = local
        self.record = record
    }
}
