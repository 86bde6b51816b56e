internal import AccessModel
internal import AuditLog

/// The class and the activity of an event in OCSF 1.8.0.
struct OCSFClass: Hashable {
    /// The version of the schema that these numbers and all attributes are of.
    static let version = "1.8.0"

    var category: Int
    /// The class's identifier: of the category's thousand.
    var uid: Int
    var activity: Int
    /// The activity in words where it is 99.
    var activityName: String?

    init(of event: AuditEvent) {
        (category, uid) = OCSFClass.place(of: event.kind)
        activity = OCSFClass.activity(of: event)
        if activity == 99 { activityName = event.kind == "command" ? event.action?.rawValue ?? "unknown" : event.kind }
    }

    /// Base Event (0), Entity Management (3004), Authentication (3002), Application Lifecycle (6002), Datastore Activity
    /// (6005).
    private static func place(of kind: String) -> (Int, Int) {
        switch kind {
        case "command": return (6, 6005)
        case "session.opened", "session.closed", "authentication.refused", "person.signed_in", "person.signed_out",
            "person.refused", "person.link_made":
            return (3, 3002)
        default: break
        }
        switch kind.prefix(while: { $0 != "." }) {
        case "policy", "approval", "identity", "credential": return (3, 3004)
        case "gateway": return (6, 6002)
        default: return (0, 0)
        }
    }

    private static func activity(of event: AuditEvent) -> Int {
        switch event.kind {
        case "command": return datastore(event)
        case "session.opened", "authentication.refused", "person.signed_in", "person.refused": return 1
        case "session.closed", "person.signed_out": return 2
        case "gateway.started": return 3
        case "gateway.stopped": return 4
        case "policy.loaded": return event.members.string("previous") == nil ? 1 : 3
        case "approval.requested": return 1
        case "approval.decided": return approval(event.approval?.string("state"))
        case "identity.suspended": return 12
        case "identity.resumed": return 13
        case "credential.rotated": return 3
        default: return 99
        }
    }

    /// Enable where it was approved, Update where more answers are needed, else Disable.
    private static func approval(_ state: String?) -> Int {
        switch state {
        case "approved": 8
        case "waiting": 3
        default: 9
        }
    }

    private static func datastore(_ event: AuditEvent) -> Int {
        guard !event.effects.isEmpty else { return 4 }
        return switch event.action {
        case .select: 1
        case .update, .alter, .grant: 2
        case .insert: 5
        case .create: 6
        case .delete, .truncate, .drop: 7
        case .lock, .execute, .do, .maintain, .set, .setRole, .listen, .notify, .serverFile, .serverProgram,
            .administer,
            .twoPhase, nil:
            99
        }
    }
}
