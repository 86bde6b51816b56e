/// A system behind the gateway: where it listens and how TLS to it is done.
package struct TargetEndpoint: Sendable {
    package enum Address: Hashable, Sendable {
        case host(String, port: Int)
        case unix(path: String)
    }

    package var name: String
    package var address: Address
    package var tls: TargetTLS

    package init(name: String, address: Address, tls: TargetTLS) {
        self.name = name
        self.address = address
        self.tls = tls
    }
}
