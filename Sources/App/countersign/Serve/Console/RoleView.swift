internal import AccessModel
internal import PolicyEngine

/// A role at a glance: ROLE of `RolePorts`.
struct RoleView {
    enum State: String {
        case active, closed, expiring, expired, stopped

        init(_ role: Role, at now: Timestamp) {
            if role.isStopped {
                self = .stopped
            } else if now >= role.expires {
                self = .expired
            } else if role.session.window?.contains(now) == false {
                self = .closed
            } else {
                self = now.advanced(by: Configuration.notice) >= role.expires ? .expiring : .active
            }
        }
    }

    var role: Role
    /// Nil where the configuration does not know them.
    var owner: Person?
    var state: State
    var lastUse: Timestamp?
    var live: Int
    var warnings: [String]
}

extension JSONBytes {
    /// The members, without the braces.
    mutating func append(_ view: RoleView) {
        let role = view.role
        member("name")
        append(role.name)
        member("description")
        append(role.description)
        member("owner")
        appendRaw("{")
        member("id")
        append(role.owner)
        member("name")
        append(view.owner?.name ?? role.owner)
        member("status")
        append(view.owner?.status.rawValue ?? "unknown")
        appendRaw("}")
        member("state")
        append(view.state.rawValue)
        member("expires")
        append(role.expires.description)
        member("last_day")
        append(role.lastDay)
        member("targets")
        append(Set(role.grants.map(\.target)).sorted())
        member("bindings")
        append(Int64(role.bindings.count))
        member("grants")
        append(Int64(role.grants.count))
        member("last_use")
        append(view.lastUse?.description)
        member("live")
        append(Int64(view.live))
        member("warnings")
        append(view.warnings)
    }
}
