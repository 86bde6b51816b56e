internal import AccessModel
internal import AuditLog
internal import Console
internal import GatewayKit
internal import Identity
internal import PolicyEngine
internal import Synchronization

extension GatewayCore {
    var adminPorts: AdminPorts {
        AdminPorts(
            reload: { [self] in
                do {
                    let (policy, warnings) = try reload()
                    return .applied(policy: policy, warnings: warnings)
                } catch let refusal as ConfigurationRefusal {
                    return .refused(refusal.diagnostics.map { "\($0)" })
                } catch {
                    return .refused(["\(error)"])
                }
            },
            sessions: { [self] in live.list().map(GatewayCore.summary) },
            kill: { [self] id in live.kill(id, reason: "sessions kill") },
            status: { [self] in status },
            approvals: approvalPorts,
            loginLink: { [self] in loginLink() },
            exports: { [self] in exports.report + notifications.report }
        )
    }

    private static func summary(_ session: LiveSession) -> SessionSummary {
        SessionSummary(
            id: session.id,
            principal: session.principal,
            roles: session.roles,
            target: session.target,
            database: session.database,
            source: "\(session.source.address):\(session.source.port)",
            opened: session.opened,
            commands: UInt64(session.counts.commands.load(ordering: .relaxed)),
            denied: UInt64(session.counts.denied.load(ordering: .relaxed))
        )
    }

    private var status: GatewayStatus {
        GatewayStatus(
            version: Version.current,
            origin: origin,
            policy: policy.current.policy.id,
            started: started,
            sessions: live.count,
            records: ledger.counters.size,
            readiness: readiness
        )
    }

    var readiness: Readiness {
        var parts: [Readiness.Part] = []
        switch ledger.state {
        case .accepting: parts.append(.init("ledger"))
        case .full: parts.append(.init("ledger", failing: "no room on the disk: commands are refused"))
        case .failed: parts.append(.init("ledger", failing: "a write or a sync failed: commands are refused"))
        case .closed: parts.append(.init("ledger", failing: "closed"))
        }
        return Readiness(parts, warnings: (witnesses?.warnings ?? []) + notifications.warnings)
    }
}
