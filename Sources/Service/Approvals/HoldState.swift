package import AccessModel

/// Where a hold stands. Only `waiting` can change.
package enum HoldState: Hashable, Sendable {
    case waiting
    /// Everybody whose yes was needed has said yes.
    case approved
    /// Somebody who may approve it said no.
    case denied(by: String, reason: String?)
    case expired
    /// Nobody waits any more.
    case withdrawn(HoldEnd)

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
