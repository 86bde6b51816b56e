/// What a receiver's answer to a webhook means. RFC 9110, section 15.
package enum WebhookAnswer: Hashable, Sendable {
    /// The receipt.
    case taken
    /// Not now: as often as it takes. Nil: whenever it suits.
    case later(after: Duration?)
    /// The receiver does not want it, or does not know us: a few times more, for what it knows may change.
    case refused
    /// It will never be wanted.
    case gone

    /// The longest wait that a receiver may ask for.
    package static let longest = Duration.seconds(600)

    /// `after`: the wait that the answer asks for, if it does.
    package init(status: UInt, after: Duration? = nil) {
        switch status {
        case 200..<300: self = .taken
        case 410: self = .gone
        // Of the client's errors these alone pass by themselves.
        case 408, 425, 429: self = .later(after: after.map { min(max($0, .zero), WebhookAnswer.longest) })
        // A redirect too is an address that has to be changed.
        case 300..<500: self = .refused
        default: self = .later(after: after.map { min(max($0, .zero), WebhookAnswer.longest) })
        }
    }
}
