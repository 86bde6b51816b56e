internal import NIOCore

/// How many connections an HTTP listener takes, and how long it waits for what they send.
package struct ConnectionBounds: Hashable, Sendable {
    /// At once, whoever they are from.
    package var most: Int
    /// At once from one address: an IPv4 address, or 64 bits of an IPv6 address, which is what one machine has.
    package var perAddress: Int
    /// Beside those, for what monitors ask: `/healthz`, `/readyz`, `/metrics`.
    package var reserve: Int
    /// From the connection to the head of its first request, TLS included.
    var firstRequest = TimeAmount.seconds(10)
    /// The same in the reserve.
    var reservedRequest = TimeAmount.seconds(2)
    /// From the head of a request to its end.
    var wholeRequest = TimeAmount.seconds(20)
    /// Without a request, before a connection is closed.
    var idle = TimeAmount.seconds(30)
    /// How often somebody who does not read is looked at, and the bytes that they must have read meanwhile.
    var reading = TimeAmount.seconds(30)
    var readAtLeast = 16 * 1024

    package init(most: Int = 512, perAddress: Int = 128, reserve: Int = 16) {
        self.most = most
        self.perAddress = perAddress
        self.reserve = reserve
    }

    static let monitored: Set<String> = ["/healthz", "/readyz", "/metrics"]
}
