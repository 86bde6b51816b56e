package import NIOSSL

/// TLS towards a target, with the meanings of libpq's sslmode.
package struct TargetTLS: Sendable {
    package enum Mode: String, Hashable, Sendable {
        case disable, allow, prefer, require
        case verifyCA = "verify-ca"
        case verifyFull = "verify-full"
    }

    package var mode: Mode
    /// Nil for `disable` alone.
    package var context: NIOSSLContext?
    /// The name that is sent (SNI) and, with verify-full, checked. Nil for an address: the certificate must name it.
    package var serverName: String?

    package init(mode: Mode, context: NIOSSLContext?, serverName: String?) {
        self.mode = mode
        self.context = context
        self.serverName = serverName
    }

    package static let disabled = TargetTLS(mode: .disable, context: nil, serverName: nil)

    /// Whether a connection in clear is never used.
    package var isRequired: Bool {
        switch mode {
        case .disable, .allow, .prefer: false
        case .require, .verifyCA, .verifyFull: true
        }
    }

    /// `ca` and `certificate` are paths of PEM files. Without `ca` the system's trust roots serve verify-full;
    /// `require` with a `ca` verifies as verify-ca does, as in libpq.
    package static func make(
        mode: Mode,
        host: String,
        serverName: String?,
        ca: String?,
        certificate: String?,
        keyPEM: String?
    ) throws -> TargetTLS {
        guard mode != .disable else { return .disabled }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["postgresql"]
        if let ca { configuration.trustRoots = .file(ca) }
        switch mode {
        case .verifyFull: configuration.certificateVerification = .fullVerification
        case .verifyCA: configuration.certificateVerification = .noHostnameVerification
        case .require, .prefer, .allow, .disable:
            configuration.certificateVerification = ca == nil ? .none : .noHostnameVerification
        }
        if let certificate, let keyPEM {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem))
        }
        let name = serverName ?? host
        let isAddress = name.allSatisfy { $0.isNumber || $0 == "." } || name.contains(":")
        return TargetTLS(
            mode: mode,
            context: try NIOSSLContext(configuration: configuration),
            serverName: isAddress ? nil : name
        )
    }
}
