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

    /// The certificates of a file, at least one.
    func certificates(_ name: String) throws -> [NIOSSLCertificate] {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(resolve(name)), !chain.isEmpty else {
            throw Failure("the certificate \(resolve(name)) cannot be read as PEM")
        }
        return chain
    }

    func serverTLS(certificate: String, key reference: SecretReference) throws -> TLSConfiguration {
        let chain = try certificates(certificate).map { NIOSSLCertificateSource.certificate($0) }
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

    func tls(_ target: TargetConfiguration, host: String) throws -> TargetTLS {
        guard let mode = TargetTLS.Mode(rawValue: target.tls.mode.rawValue) else {
            throw Failure("unknown tls mode")
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
            throw Failure("its TLS files cannot be used: \(error)")
        }
    }
}
