/// Where the gateway listens, and what it shows there.
package struct ListenerConfiguration: Hashable, Sendable {
    package struct TLS: Hashable, Sendable {
        /// PEM, the leaf first; relative to the folder of the configuration file.
        package var certificate: String
        package var key: SecretReference
    }

    package var address: NetworkAddress
    /// Nil on a loopback address alone.
    package var tls: TLS?
}

extension ListenerConfiguration {
    /// `more` reads the keys that a kind of listener has of its own.
    static func read(_ field: Field, more: (inout MappingReader) -> Void = { _ in }) -> ListenerConfiguration? {
        guard var map = MappingReader(field) else { return nil }
        let address = map.required("address") { field in
            field.line(limit: 300).flatMap { text in
                NetworkAddress(text) ?? field.fail("expected HOST:PORT or [IPV6]:PORT, not `\(text.shown)`")
            }
        }
        let tls = map.optional("tls") { TLS.read($0) }
        let hasTLS = map.has("tls")
        more(&map)
        map.finish()
        guard let address else { return nil }
        guard hasTLS || address.isLoopback else {
            return field.fail("a listener without tls is accepted on a loopback address only, not on \(address)")
        }
        return ListenerConfiguration(address: address, tls: tls)
    }
}

extension ListenerConfiguration.TLS {
    static func read(_ field: Field) -> ListenerConfiguration.TLS? {
        guard var map = MappingReader(field) else { return nil }
        let certificate = map.required("certificate") { $0.line() }
        let key = map.required("key") { SecretReference.read($0) }
        map.finish()
        guard let certificate, let key else { return nil }
        return Self(certificate: certificate, key: key)
    }
}
