package import AccessModel

/// A session that may begin: made by the composition root from a verified identity and the policy in force.
package struct SessionAdmission: Sendable {
    package var id: ULID
    package var principal: Principal
    /// The roles in force for this session, the first one first.
    package var roles: [String]
    package var target: TargetEndpoint
    package var database: String
    package var credentialUser: String
    /// The target's password; nil where a certificate or trust serves.
    package var credentialPassword: String?
    package var reason: String?
    package var limits: SessionLimits
    package var durability: RecordDurability
    /// `"principal":{…},"roles":[…],"provenance":{…}` for the session's records.
    package var identityMembers: [UInt8]
    /// SHA-256 of the token, and the policy that admitted it.
    package var tokenDigest: String
    package var policy: String
    /// The key of `hash` masks on the target; nil where the session has no need of it.
    package var maskKeys: MaskKeys?
    /// The persons behind the session: none of them may approve its commands.
    package var requesters: [String]
    /// The commit that the run is of.
    package var commit: String?

    package init(
        id: ULID,
        principal: Principal,
        roles: [String],
        target: TargetEndpoint,
        database: String,
        credentialUser: String,
        credentialPassword: String?,
        reason: String?,
        limits: SessionLimits,
        durability: RecordDurability,
        identityMembers: [UInt8],
        tokenDigest: String,
        policy: String,
        maskKeys: MaskKeys? = nil,
        requesters: [String] = [],
        commit: String? = nil
    ) {
        self.id = id
        self.principal = principal
        self.roles = roles
        self.target = target
        self.database = database
        self.credentialUser = credentialUser
        self.credentialPassword = credentialPassword
        self.reason = reason
        self.limits = limits
        self.durability = durability
        self.identityMembers = identityMembers
        self.tokenDigest = tokenDigest
        self.policy = policy
        self.maskKeys = maskKeys
        self.requesters = requesters
        self.commit = commit
    }

    /// What the target's own log shows of the session: its caller cannot change it.
    package var stamp: String { "cs:\(id)" }
}
