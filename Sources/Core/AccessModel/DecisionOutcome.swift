/// What policy says of a command.
package enum DecisionOutcome: String, Hashable, Sendable {
    case allow, hold, deny
}
