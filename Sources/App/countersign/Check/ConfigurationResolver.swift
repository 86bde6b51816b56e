internal import Foundation
internal import GatewayKit
internal import NIOSSL
internal import PolicyEngine

/// Turns what a configuration names into what it is: paths, secrets, TLS contexts.
struct ConfigurationResolver {
    /// The configuration file; relative paths are relative to its folder.
    let path: String

    func resolve(_ name: String) -> String {
        guard !name.hasPrefix("/") else { return name }
        return URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// The value of a secret. Errors name the reference, never the value.
    func secret(_ reference: SecretReference) throws -> String {
        switch reference {
        case .file(let name):
            guard let data = FileManager.default.contents(atPath: resolve(name)),
                let text = String(validating: data, as: UTF8.self)
            else { throw Failure("the secret file \(resolve(name)) cannot be read") }
            return ConfigurationResolver.withoutFinalNewline(text)
        case .env(let name):
            guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
                throw Failure("the environment variable \(name), which holds a secret, is not set")
            }
            return value
        case .command(let words): return try SecretCommand.run(words, folder: resolve("."))
        }
    }

    static func withoutFinalNewline(_ text: String) -> String {
        var text = text
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    func listenerTLS(_ listener: ListenerConfiguration) throws -> TLSConfiguration? {
        try listener.tls.map { try serverTLS(certificate: $0.certificate, key: $0.key) }
    }

    func serverTLS(certificate: String, key reference: SecretReference) throws -> TLSConfiguration {
        let chain: [NIOSSLCertificateSource]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(resolve(certificate)).map { .certificate($0) }
        } catch {
            throw Failure("the certificate \(resolve(certificate)) cannot be read as PEM")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: Array(secret(reference).utf8), format: .pem)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("the key of the certificate \(resolve(certificate)) cannot be read as PEM")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain,
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }

    func target(_ target: TargetConfiguration) throws -> ResolvedTarget {
        let address: TargetEndpoint.Address
        let host: String
        switch target.address {
        case .network(let network):
            address = .host(network.host, port: network.port)
            host = network.host
        case .unix(let path):
            let isFolder =
                (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeDirectory
            address = .unix(path: isFolder ? "\(path)/.s.PGSQL.5432" : path)
            host = "localhost"
        }
        return ResolvedTarget(
            endpoint: TargetEndpoint(name: target.name, address: address, tls: try tls(target, host: host)),
            user: target.credential.user,
            password: try target.credential.password.map(secret),
            connectTimeout: target.connectTimeout
        )
    }

    private func tls(_ target: TargetConfiguration, host: String) throws -> TargetTLS {
        guard let mode = TargetTLS.Mode(rawValue: target.tls.mode.rawValue) else {
            throw Failure("targets.\(target.name): unknown tls mode")
        }
        do {
            return try TargetTLS.make(
                mode: mode,
                host: host,
                serverName: target.tls.serverName,
                ca: target.tls.ca.map(resolve),
                certificate: target.tls.certificate.map(resolve),
                keyPEM: try target.tls.key.map(secret)
            )
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("targets.\(target.name): its TLS files cannot be used: \(error)")
        }
    }

    /// What only shows when files and secrets are looked at.
    func faults(of configuration: Configuration) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        func attempt(_ line: Int, _ body: () throws -> Void) {
            do { try body() } catch {
                faults.append(Diagnostic(file: path, line: line, column: 1, severity: .error, message: "\(error)"))
            }
        }
        for listener in [configuration.listen.postgres, configuration.listen.console] {
            if let listener { attempt(1) { _ = try listenerTLS(listener) } }
        }
        for target in configuration.targets { attempt(target.place.line) { _ = try self.target(target) } }
        for export in configuration.exports {
            attempt(export.place.line) { _ = try destination(export, origin: configuration.ledger.origin) }
        }
        for notification in configuration.notifications {
            attempt(notification.place.line) { _ = try notifications(notification, of: configuration) }
        }
        for issuer in configuration.issuers {
            if case .file(let name) = issuer.keys, !FileManager.default.isReadableFile(atPath: resolve(name)) {
                attempt(issuer.place.line) { throw Failure("issuers.\(issuer.name): \(resolve(name)) cannot be read") }
            }
        }
        let witnessing = configuration.ledger.witnessing
        if let first = witnessing.witnesses.first { attempt(first.place.line) { _ = try witnesses(witnessing) } }
        if let first = witnessing.witnessFor.first {
            attempt(first.place.line) { _ = try witnessedLogs(witnessing, origin: configuration.ledger.origin) }
        }
        if let token = configuration.ledger.publication.token { attempt(1) { _ = try ledgerToken(token) } }
        attempt(1) { _ = try metricsAccess(configuration.listen.consoleTerms.metrics) }
        return faults
    }
}
