internal import AsyncHTTPClient
internal import NIOSSL
internal import Synchronization

/// HTTP clients by the certificate authority that they trust: the system's, or one file of PEM and nothing else. No redirect
/// is followed.
final class AuthorityClients: Sendable {
    private let clients: Mutex<[String: HTTPClient]> = Mutex([:])

    /// `authority` is the path of a PEM file; nil for the system's.
    func client(trusting authority: String?) -> HTTPClient {
        clients.withLock { clients in
            if let known = clients[authority ?? ""] { return known }
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            var tls = TLSConfiguration.makeClientConfiguration()
            if let authority { tls.trustRoots = .file(authority) }
            configuration.tlsConfiguration = tls
            // Who cannot be reached, or proves to be another, is asked again at the next turn and not while somebody waits.
            configuration.connectionPool.retryConnectionEstablishment = false
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[authority ?? ""] = client
            return client
        }
    }

    func shutdown() async {
        for client in clients.withLock({ Array($0.values) }) { try? await client.shutdown() }
    }
}
