/// Where a running gateway listens. A port is the one that was really taken.
struct GatewayAddresses: Hashable, Sendable {
    var postgres: String?
    var console: String?
}
