internal import AuditExport
internal import Crypto
internal import Foundation
internal import NIOSSL
internal import PolicyEngine

extension ConfigurationResolver {
    /// Reads what a destination names. Throws one line that says what is wrong.
    func destination(_ export: ExportConfiguration, origin: String) throws -> DestinationPlan {
        var hasher = SHA256()
        hasher.update(data: Data("\(export.withoutPlace)".utf8))
        let make: @Sendable () -> any ExportSink
        var limit: Int?
        var enterprise = ExportTerms.documentationNumber
        switch export.destination {
        case .syslog(let syslog):
            let address = try syslogAddress(syslog, name: export.name, &hasher)
            make = { SyslogSink(address) }
            limit = syslog.messageBytes
            if let number = syslog.enterprise { enterprise = UInt32(clamping: number) }
        case .file(let file):
            let path = resolve(file.path)
            make = { FileSink(path: path, rotate: file.rotate, keep: file.keep) }
        case .https(let https):
            let address = try httpAddress(https, format: export.format, name: export.name, &hasher)
            make = { HTTPSink(address) }
        }
        let format = ExportFormat(rawValue: export.format.rawValue) ?? .ocsf
        let statements = export.statements.flatMap { ExportTerms.Statements(rawValue: $0.rawValue) }
        let terms = ExportTerms.here(
            statements: statements ?? format.usualStatements,
            origin: origin,
            enterprise: enterprise,
            limit: limit
        )
        let encoder = EventEncoder(format, terms)
        return DestinationPlan(
            name: export.name,
            format: export.format.rawValue,
            address: export.address,
            replay: export.replay,
            from: export.from,
            fingerprint: hasher.finalize().map { String(format: "%02x", $0) }.joined(),
            encode: { export.encode($0, encoder) },
            makeSink: make
        )
    }

    private func syslogAddress(
        _ syslog: ExportConfiguration.Syslog,
        name: String,
        _ hasher: inout SHA256
    ) throws -> SyslogSink.Address {
        var address = SyslogSink.Address(
            host: syslog.address.host,
            port: syslog.address.port,
            patience: syslog.replay
        )
        guard let tls = syslog.tls else { return address }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        do {
            if let ca = tls.ca {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(resolve(ca)))
                hasher.update(data: FileManager.default.contents(atPath: resolve(ca)) ?? Data())
            }
            if let certificate = tls.certificate, let key = tls.key {
                let pem = try secret(key)
                configuration.certificateChain =
                    try NIOSSLCertificate.fromPEMFile(resolve(certificate)).map { .certificate($0) }
                configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(pem.utf8), format: .pem))
                hasher.update(data: FileManager.default.contents(atPath: resolve(certificate)) ?? Data())
                hasher.update(data: Data(pem.utf8))
            }
            address.tls = try NIOSSLContext(configuration: configuration)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("export.\(name): its TLS files cannot be used: \(error)")
        }
        let host = tls.serverName ?? syslog.address.host
        let isAddress = SourceAddress(host) != nil
        address.serverName = isAddress ? nil : host
        return address
    }

    private func httpAddress(
        _ https: ExportConfiguration.HTTPS,
        format: ExportConfiguration.Format,
        name: String,
        _ hasher: inout SHA256
    ) throws -> HTTPSink.Address {
        var headers: [(name: String, value: String)] = []
        for header in https.headers {
            let value = try secret(header.value)
            guard !value.isEmpty, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw Failure("export.\(name): the value of the header \(header.name) is not a line of ASCII")
            }
            headers.append((header.name, value))
            hasher.update(data: Data(value.utf8))
        }
        let ca = https.ca.map(resolve)
        if let ca {
            guard let pem = FileManager.default.contents(atPath: ca) else {
                throw Failure("export.\(name): \(ca) cannot be read")
            }
            hasher.update(data: pem)
        }
        let isJSON = format == .jsonl || format == .ocsf
        return HTTPSink.Address(
            url: https.url,
            ca: ca,
            headers: headers,
            contentType: isJSON ? "application/x-ndjson" : "text/plain; charset=utf-8"
        )
    }
}

extension ExportConfiguration {
    /// Lines above it may come and go.
    fileprivate var withoutPlace: ExportConfiguration {
        var copy = self
        copy.place = Place(line: 0, column: 0)
        return copy
    }
}
