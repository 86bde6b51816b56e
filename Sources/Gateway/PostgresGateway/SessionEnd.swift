internal import AccessModel
internal import PostgresWire

/// Why a session ends.
enum SessionEnd: Hashable {
    case clientClosed
    case targetClosed
    case clientViolation(FrameError)
    case targetViolation(FrameError)
    case targetSetting(String)
    case ledger
    case tooManyRows
    case unsearchable
    case idle, tooLong, expired, stalled
    case killed(String)
    case draining

    /// What the record of the end says.
    var reason: String {
        switch self {
        case .clientClosed: "the client closed the connection"
        case .targetClosed: "the target closed the connection"
        case .clientViolation(let error): "protocol violation by the client: \(error)"
        case .targetViolation(let error): "protocol violation by the target: \(error)"
        case .targetSetting(let name):
            "the target changed \(name) to a value under which statements are read differently"
        case .ledger: "a record could not be made durable"
        case .tooManyRows: "a statement returned more rows than `limit: rows_returned` of its grant allows"
        case .unsearchable: "a row was too long to be looked through for what its grant redacts"
        case .idle: "idle for longer than the role allows"
        case .tooLong: "open for longer than the role allows"
        case .expired: "the role has ended"
        case .stalled: "one side took no data for too long"
        case .killed(let why): "ended by an operator: \(why)"
        case .draining: "the gateway is shutting down"
        }
    }

    /// What ends a hold of the session.
    var ofHold: HoldEnd {
        switch self {
        case .clientClosed: .disconnected
        case .draining: .gatewayStopped
        case .targetClosed, .clientViolation, .targetViolation, .targetSetting, .ledger, .tooManyRows, .unsearchable,
            .idle, .tooLong,
            .expired, .stalled, .killed:
            .sessionEnded
        }
    }

    /// What the client is told before the connection closes; nil where it is gone, or where the target has told it.
    var farewell: ErrorFields? {
        let sqlState: String
        switch self {
        case .clientClosed, .targetClosed: return nil
        case .clientViolation: sqlState = "08P01"
        case .targetViolation, .targetSetting: sqlState = "08006"
        case .ledger: sqlState = "58030"
        case .tooManyRows, .unsearchable: sqlState = "54000"
        case .idle: sqlState = "57P05"
        case .tooLong, .expired, .stalled, .killed, .draining: sqlState = "57P01"
        }
        let message = self == .ledger ? "not executed: its record could not be written" : "session ended: \(reason)"
        return ErrorFields(severity: "FATAL", sqlState: sqlState, message: "countersign: \(message)")
    }
}
