package import AccessModel

/// What a session got when its identity was bound to roles. With several roles the narrowest bound counts.
package struct SessionGrant: Hashable, Sendable {
    /// At least one.
    package var roles: [BoundRole]
    package var target: TargetConfiguration
    package var database: String
    package var maxDuration: Duration
    package var idle: Duration
    /// The first moment at which one of the roles has ended, or its days and hours have.
    package var expires: Timestamp
    /// The justification: what the caller gave, or else what the claim says that a role names.
    package var reason: String?

    package init(
        roles: [BoundRole],
        target: TargetConfiguration,
        database: String,
        maxDuration: Duration,
        idle: Duration,
        expires: Timestamp,
        reason: String?
    ) {
        self.roles = roles
        self.target = target
        self.database = database
        self.maxDuration = maxDuration
        self.idle = idle
        self.expires = expires
        self.reason = reason
    }
}
