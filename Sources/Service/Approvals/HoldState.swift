package import AccessModel

/// Where a hold stands. Only `waiting` can change, and the `approved` of a change set.
package enum HoldState: Hashable, Sendable, Codable {
    case waiting
    /// Everybody whose yes was needed has said yes.
    case approved
    /// Somebody who may approve it said no.
    case denied(by: String, reason: String?)
    case expired
    /// Nobody waits any more.
    case withdrawn(HoldEnd)

    /// Whether nothing can come of it any more.
    package var isOver: Bool {
        switch self {
        case .waiting, .approved: false
        case .denied, .expired, .withdrawn: true
        }
    }

    /// `waiting`, `approved`, `denied`, `expired`, `withdrawn`: for records and lists.
    package var name: String {
        switch self {
        case .waiting: "waiting"
        case .approved: "approved"
        case .denied: "denied"
        case .expired: "expired"
        case .withdrawn: "withdrawn"
        }
    }
}
