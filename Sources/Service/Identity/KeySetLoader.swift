import AccessModel

/// Gets the bytes of an issuer's key set from its source.
struct KeySetLoader: Sendable {
    var issuer: TrustedIssuer
    var ports: IdentityPorts

    func load() async throws(KeySetFault) -> [UInt8] {
        switch issuer.keySource {
        case .file(let path):
            do { return try ports.readFile(path) } catch { throw .unreadableFile }
        case .url(let url):
            guard let address = SecureAddress(url) else { throw .insecureAddress }
            return try await fetch(address)
        case .discovery:
            return try await fetch(try await discover())
        }
    }

    /// The key set's address by OpenID Connect Discovery 1.0, section 4.3: the document must be of this very issuer.
    private func discover() async throws(KeySetFault) -> SecureAddress {
        guard let site = SecureAddress(issuer.url), let url = site.discovery, let document = SecureAddress(url) else {
            throw .insecureAddress
        }
        guard let members = try? StrictJSON.object(try await fetch(document)) else { throw .malformedDiscovery }
        guard case .string(let name)? = members["issuer"], case .string(let keys)? = members["jwks_uri"] else {
            throw .malformedDiscovery
        }
        guard SafeText.isSame(name, issuer.url) else { throw .issuerMismatch }
        // A site elsewhere may not point into this machine.
        guard let address = SecureAddress(keys), site.isLoopback || !address.isLoopback else { throw .insecureAddress }
        return address
    }

    private func fetch(_ address: SecureAddress) async throws(KeySetFault) -> [UInt8] {
        let body: [UInt8]
        do { body = try await ports.fetch(address.text, issuer.name) } catch { throw .unreachable }
        guard body.count <= IdentityLimits.document else { throw .tooLarge }
        return body
    }
}
