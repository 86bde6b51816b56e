/// Why nobody waits for an approval any more. The raw value stands in the record.
package enum HoldEnd: String, Hashable, Sendable, Codable {
    case cancelled = "the client cancelled it"
    case disconnected = "the client went away"
    case sessionEnded = "its session ended"
    case changed = "it is not what it was when it was held"
    case gatewayStopped = "the gateway stopped"
    case unkept = "it could not be kept"
}
