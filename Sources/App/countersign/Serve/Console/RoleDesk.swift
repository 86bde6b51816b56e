internal import AccessModel
internal import Console
internal import GatewayKit
internal import PolicyEngine
internal import SearchIndex

/// Roles as the policy in force says them, with what the index and the live sessions know of their use.
struct RoleDesk {
    let policy: PolicyInForce
    let live: LiveSessions
    let archive: AuditArchive
    let sessions: SessionDesk
    /// As diagnostics name the configuration.
    let file: String

    /// Live sessions that a role is shown with.
    private static let mostSessions = 50

    var ports: RolePorts {
        RolePorts(
            list: { () throws(ReadRefusal) in try await self.list() },
            find: { name throws(ReadRefusal) in try await self.find(name) },
            principals: { page throws(ReadRefusal) in try await self.principals(page) }
        )
    }

    private func list() async throws(ReadRefusal) -> JSONBytes {
        let current = policy.current
        let roles = try await summaries(current.configuration.roles, current)
        var json = JSONBytes(reserving: 256 + 512 * roles.count)
        json.appendRaw("{")
        json.member("policy")
        json.append(current.policy.id)
        json.member("roles")
        json.appendList(roles) { role, json in
            json.appendRaw("{")
            json.append(role)
            json.appendRaw("}")
        }
        json.appendRaw("}")
        return json
    }

    private func find(_ name: String) async throws(ReadRefusal) -> JSONBytes? {
        let current = policy.current
        guard let role = current.configuration.roles.first(where: { $0.name.hasBytes(of: name) }) else { return nil }
        guard let summary = try await summaries([role], current).first else { return nil }
        var json = JSONBytes(reserving: 8192)
        json.appendRaw("{")
        json.append(summary)
        json.append(detail: role)
        json.member("sessions")
        json.appendList(sessions.sessions(of: role.name, limit: RoleDesk.mostSessions)) { $1.append($0) }
        json.appendRaw("}")
        return json
    }

    private func summaries(_ roles: [Role], _ current: PolicySnapshot) async throws(ReadRefusal) -> [RoleView] {
        let names = roles.map(\.name)
        let uses = try await archive.ask { view in try names.map { try view.lastUse(of: $0) } }
        let now = SystemClock.now()
        let configuration = current.configuration
        let warnings = (current.warnings + configuration.lint(at: now, file: file)).map(\.message)
        let people = Dictionary(configuration.people.map { ($0.id, $0) }) { first, _ in first }
        var counts: [String: Int] = [:]
        for session in live.list() { for role in session.roles { counts[role, default: 0] += 1 } }
        return zip(roles, uses).map { role, use in
            RoleView(
                role: role,
                owner: people[role.owner],
                state: RoleView.State(role, at: now),
                lastUse: use,
                live: counts[role.name] ?? 0,
                warnings: warnings.filter { RoleDesk.concerns($0, role.name) }
            )
        }
    }

    /// Whether a warning is of this role: it begins with the path of something in it.
    private static func concerns(_ message: String, _ role: String) -> Bool {
        let path = "roles.\(role)"
        guard message.hasPrefix(path), let next = message.dropFirst(path.count).first else { return false }
        return next == "." || next == ":" || next == "["
    }

    // MARK: Principals

    private func principals(_ page: PageRequest) async throws(ReadRefusal) -> JSONBytes {
        var counts: [Principal: Int] = [:]
        for session in live.list() { counts[session.principal, default: 0] += 1 }
        let found = try await archive.ask { view in
            var after: UInt64?
            if case .principal(let number) = page.cursor { after = number }
            return try view.principals(after: after, limit: page.limit + 1)
        }
        let shown = found.prefix(page.limit)
        var json = JSONBytes(reserving: 256 + 256 * shown.count)
        json.appendRaw("{")
        json.member("principals")
        json.appendList(shown) { $1.append(PrincipalView($0), live: counts) }
        json.member("next")
        json.append(shown.count < found.count ? shown.last.map { PageCursor.principal($0.number).text } : nil)
        json.appendRaw("}")
        return json
    }
}
