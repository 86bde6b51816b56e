/// How a state stands out: a shape and a colour of the style sheet, beside its word.
enum Tone: String {
    case ok
    case hold
    case no
    case plain = ""

    /// Of a decision, a state, a status.
    init(_ word: String) {
        switch word {
        case "allow", "ok", "approved", "approve", "active", "ready", "accepting", "live": self = .ok
        case "hold", "held", "waiting", "expiring", "unknown", "closed", "suspended": self = .hold
        case "deny", "denied", "refused", "error", "expired", "stopped", "not ready", "full", "failed", "lost":
            self = .no
        default: self = .plain
        }
    }
}
