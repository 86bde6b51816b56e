import AccessModel

extension ExportConfiguration {
    static func read(_ name: String, _ place: Place, _ field: Field, targets: [String]) -> ExportConfiguration? {
        guard Field.isName(name) else { return field.fail(Field.nameRule(name)) }
        guard var map = MappingReader(field) else { return nil }
        let format = map.required("format") { $0.choice(Format.self) }
        let destination = map.required("to") { Destination.read($0) }
        let kinds = map.optional("kinds") { $0.list(of: "kinds") { $0.recordKind() } }
        let decisions = map.optional("decisions") { $0.list(of: "decisions") { $0.decision() } }
        let wanted = map.optional("targets") { $0.list(of: "targets") { $0.reference(to: "target", in: targets) } }
        let statements = map.optional("statements") { $0.choice(Statements.self) }
        let from = map.optional("from", default: Beginning.beginning) { $0.choice() }
        map.finish()
        guard let format, let destination else { return nil }
        if format == .jsonl {
            if case .syslog = destination {
                return field.fail(
                    "jsonl is records whole, too long for some messages of syslog: use ocsf, cef or syslog"
                )
            }
            guard statements != .digest else { return field.fail("jsonl is records whole: leave `statements` out") }
        }
        return ExportConfiguration(
            name: name,
            format: format,
            destination: destination,
            kinds: kinds,
            decisions: decisions,
            targets: wanted,
            statements: statements,
            from: from,
            place: place
        )
    }
}

extension ExportConfiguration {
    /// Reports files that two destinations would write: each would rename them under the other.
    static func withOwnFiles(_ exports: [ExportConfiguration], _ field: Field) -> [ExportConfiguration] {
        var owners: [String: String] = [:]
        for export in exports {
            guard case .file(let file) = export.destination else { continue }
            guard let owner = owners.updateValue(export.name, forKey: file.path) else { continue }
            field.report("`\(owner)` and `\(export.name)` write the same file", at: export.place)
        }
        return exports
    }
}

extension ExportConfiguration.Destination {
    static func read(_ field: Field) -> ExportConfiguration.Destination? {
        guard var map = MappingReader(field) else { return nil }
        let syslog = map.optional("syslog") { ExportConfiguration.Syslog.read($0) }
        let file = map.optional("file") { ExportConfiguration.File.read($0) }
        let https = map.optional("https") { ExportConfiguration.HTTPS.read($0) }
        map.finish()
        guard ["syslog", "file", "https"].filter(map.has).count == 1 else {
            return field.fail("expected exactly one of syslog, file and https")
        }
        return syslog.map(Self.syslog) ?? file.map(Self.file) ?? https.map(Self.https)
    }
}

extension ExportConfiguration.Syslog {
    static func read(_ field: Field) -> ExportConfiguration.Syslog? {
        guard var map = MappingReader(field) else { return nil }
        let address = map.required("address") { field in
            field.line(limit: 300).flatMap { text in
                NetworkAddress(text) ?? field.fail("expected HOST:PORT or [IPV6]:PORT, not `\(text.shown)`")
            }
        }
        let tls = map.optional("tls") { TLS.read($0) }
        let hasTLS = map.has("tls")
        let replay = map.optional("replay", default: .seconds(30)) { $0.duration(in: .seconds(1)...(.seconds(3600))) }
        let bytes = map.optional("message_bytes", default: 8192) { $0.bytes(in: 8192...65_536) }
        let enterprise = map.optional("enterprise") { $0.integer(in: 1...Int(UInt32.max)) }
        map.finish()
        guard let address else { return nil }
        guard hasTLS || address.isLoopback else {
            return field.fail("without `tls: {}` syslog is accepted to a loopback address only, not to \(address)")
        }
        return Self(address: address, tls: tls, replay: replay, messageBytes: bytes, enterprise: enterprise)
    }
}

extension ExportConfiguration.Syslog.TLS {
    static func read(_ field: Field) -> ExportConfiguration.Syslog.TLS? {
        guard var map = MappingReader(field) else { return nil }
        let ca = map.optional("ca") { $0.line() }
        let serverName = map.optional("server_name") { field in
            field.line(limit: 253).flatMap { text in
                NetworkAddress.isName(text[...]) ? text : field.fail("expected a host name, not `\(text.shown)`")
            }
        }
        let certificate = map.optional("certificate") { $0.line() }
        let key = map.optional("key") { SecretReference.read($0) }
        map.finish()
        guard map.has("certificate") == map.has("key") else {
            return field.fail("certificate and key belong together")
        }
        return Self(ca: ca, serverName: serverName, certificate: certificate, key: key)
    }
}

extension ExportConfiguration.File {
    static func read(_ field: Field) -> ExportConfiguration.File? {
        guard var map = MappingReader(field) else { return nil }
        let path = map.required("path") { $0.line() }
        let rotate = map.optional("rotate", default: 64 << 20) { $0.bytes(in: 1 << 20...1 << 40) }
        let keep = map.optional("keep", default: 10) { $0.integer(in: 1...10_000) }
        map.finish()
        return path.map { Self(path: $0, rotate: rotate, keep: keep) }
    }
}

extension ExportConfiguration.HTTPS {
    /// What the gateway says itself.
    private static let own: Set<String> = ["content-type", "content-length", "transfer-encoding", "host", "connection"]

    static func read(_ field: Field) -> ExportConfiguration.HTTPS? {
        guard var map = MappingReader(field) else { return nil }
        let url = map.required("url") { $0.url() }
        let ca = map.optional("ca") { $0.line() }
        let headers = map.optional("headers", default: []) { field in
            MappingReader.entries(of: field) { name, _, value -> Header? in
                guard isHeader(name), !own.contains(name.lowercased()) else {
                    return value.fail("`\(name.shown)` is no name of a header that can be set here")
                }
                return SecretReference.read(value).map { Header(name: name, value: $0) }
            }
        }
        map.finish()
        return url.map { Self(url: $0, ca: ca, headers: headers) }
    }

    /// RFC 9110 section 5.1, token.
    private static func isHeader(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }
}

extension Field {
    /// A kind of record; an outcome is part of its command.
    fileprivate func recordKind() -> String? {
        guard let text = line(limit: 64) else { return nil }
        let words = RecordKind.allCases.filter { $0 != .outcome }.map(\.rawValue)
        guard words.contains(text) else {
            return fail("there is no kind `\(text.shown)`\(NearestWord.suggestion(for: text, in: words))")
        }
        return text
    }

    fileprivate func decision() -> DecisionOutcome? {
        guard let text = line(limit: 16) else { return nil }
        return DecisionOutcome(rawValue: text) ?? fail("expected allow, hold or deny, not `\(text.shown)`")
    }
}
