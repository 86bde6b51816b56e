internal import GatewayKit
internal import PostgresWire

/// What a client is told that is not let in.
enum Refusals {
    /// The same for every reason that hangs on the token: the record says which.
    static let notAuthenticated = AdmissionRefusal(sqlState: "28P01", message: "authentication failed")
    static let notRecorded = AdmissionRefusal(
        sqlState: "58030",
        message: "session not opened: its record could not be written"
    )
    static let tooManySessions = AdmissionRefusal(sqlState: "53300", message: "too many sessions")
    static let targetFailed = AdmissionRefusal(sqlState: "08006", message: "no session with the target")
}

extension AdmissionRefusal {
    var fields: ErrorFields {
        ErrorFields(severity: "FATAL", sqlState: sqlState, message: "countersign: \(message)", hint: hint)
    }
}
