/// Where a client connects from.
package struct SourceEndpoint: Hashable, Sendable {
    /// The textual IP address, or the path of a Unix socket.
    package var address: String
    package var port: Int

    package init(address: String, port: Int) {
        self.address = address
        self.port = port
    }
}
