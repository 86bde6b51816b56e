package import AccessModel

/// What the admin socket asks of the running gateway; the composition root fills it.
package struct AdminPorts: Sendable {
    /// Reads the configuration again and puts it in force, whole or not at all.
    package var reload: @Sendable () async -> ReloadResult
    /// The live sessions, oldest first.
    package var sessions: @Sendable () async -> [SessionSummary]
    /// Ends a live session; false where there is none of that id.
    package var kill: @Sendable (ULID) async -> Bool
    package var status: @Sendable () async -> GatewayStatus
    package var approvals: AdminApprovalPorts
    /// The address of a link that logs in the local operator; or why there is none.
    package var loginLink: @Sendable () async -> Result<String, PeoplePorts.Refusal>
    /// How each destination of the export fares, as a JSON object.
    package var exports: @Sendable () async -> [JSONBytes]

    package init(
        reload: @escaping @Sendable () async -> ReloadResult,
        sessions: @escaping @Sendable () async -> [SessionSummary],
        kill: @escaping @Sendable (ULID) async -> Bool,
        status: @escaping @Sendable () async -> GatewayStatus,
        approvals: AdminApprovalPorts = .none,
        loginLink: @escaping @Sendable () async -> Result<String, PeoplePorts.Refusal> = {
            .failure(.init("no console is configured"))
        },
        exports: @escaping @Sendable () async -> [JSONBytes] = { [] }
    ) {
        self.reload = reload
        self.sessions = sessions
        self.kill = kill
        self.status = status
        self.approvals = approvals
        self.loginLink = loginLink
        self.exports = exports
    }
}
