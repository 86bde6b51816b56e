/// What the console shows of the gateway; the composition root fills it.
package struct DataPorts: Sendable {
    package var audit: AuditPorts
    package var sessions: SessionPorts
    package var roles: RolePorts
    package var status: StatusPorts
    package var explain: ExplainPorts

    package init(
        audit: AuditPorts = .none,
        sessions: SessionPorts = .none,
        roles: RolePorts = .none,
        status: StatusPorts = .none,
        explain: ExplainPorts = .none
    ) {
        self.audit = audit
        self.sessions = sessions
        self.roles = roles
        self.status = status
        self.explain = explain
    }

    /// Nothing is connected.
    package static let none = DataPorts()
}
