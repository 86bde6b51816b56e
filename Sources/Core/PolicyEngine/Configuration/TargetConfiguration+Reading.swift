extension TargetConfiguration {
    static func read(_ name: String, _ place: Place, _ field: Field) -> TargetConfiguration? {
        guard Field.isName(name) else { return field.fail(Field.nameRule(name)) }
        guard var map = MappingReader(field) else { return nil }
        guard let kind = map.required("type", { readKind($0) }) else { return nil }
        let address = map.required("address") { readAddress($0) }
        let tls = map.optional("tls") { TLS.read($0) }
        let hasTLS = map.has("tls")
        let database = map.required("database") { $0.databaseName() }
        let databases = map.optional("databases", default: []) { $0.list(of: "databases") { $0.databaseName() } }
        let credential = map.required("credential") { Credential.read($0) }
        let connectTimeout = map.optional("connect_timeout", default: .seconds(10)) {
            $0.duration(in: .seconds(1)...(.seconds(300)))
        }
        map.finish()
        guard let address, let database, let credential else { return nil }
        var transport = tls ?? TLS(mode: .verifyFull)
        if case .unix = address {
            guard !hasTLS || transport.mode == .disable else {
                return field.fail("there is no tls on a Unix socket: leave it out")
            }
            transport.mode = .disable
        }
        return TargetConfiguration(
            name: name,
            kind: kind,
            address: address,
            tls: transport,
            database: database,
            databases: databases,
            credential: credential,
            connectTimeout: connectTimeout,
            place: place
        )
    }

    private static func readKind(_ field: Field) -> Kind? {
        guard let text = field.line(limit: 64) else { return nil }
        guard !["mysql", "ssh", "kubernetes"].contains(text) else {
            return field.fail("`\(text)` is not supported yet by this version")
        }
        return field.choice()
    }

    private static func readAddress(_ field: Field) -> Address? {
        guard let text = field.line(limit: 300) else { return nil }
        if text.hasPrefix("/") {
            // struct sockaddr_un holds 108 bytes with the final zero.
            return text.utf8.count < 108 ? .unix(text) : field.fail("the path of a Unix socket has at most 107 bytes")
        }
        guard let address = NetworkAddress(text), address.port > 0 else {
            return field.fail("expected HOST:PORT, [IPV6]:PORT or the path of a Unix socket, not `\(text.shown)`")
        }
        return .network(address)
    }
}

extension TargetConfiguration.TLS {
    init(mode: Mode) {
        self.init(mode: mode, ca: nil, certificate: nil, key: nil, serverName: nil)
    }

    static func read(_ field: Field) -> TargetConfiguration.TLS? {
        guard var map = MappingReader(field) else { return nil }
        let mode = map.optional("mode", default: Mode.verifyFull) { $0.choice() }
        let ca = map.optional("ca") { $0.line() }
        let certificate = map.optional("certificate") { $0.line() }
        let key = map.optional("key") { SecretReference.read($0) }
        let serverName = map.optional("server_name") { field in
            field.line(limit: 253).flatMap { text in
                NetworkAddress.isName(text[...]) ? text : field.fail("expected a host name, not `\(text.shown)`")
            }
        }
        map.finish()
        guard map.has("certificate") == map.has("key") else {
            return field.fail("certificate and key belong together")
        }
        return Self(mode: mode, ca: ca, certificate: certificate, key: key, serverName: serverName)
    }
}

extension TargetConfiguration.Credential {
    static func read(_ field: Field) -> TargetConfiguration.Credential? {
        guard var map = MappingReader(field) else { return nil }
        let user = map.required("user") { $0.databaseName() }
        let password = map.optional("password") { SecretReference.read($0) }
        map.finish()
        return user.map { Self(user: $0, password: password) }
    }
}

extension Field {
    /// The name of a database or a database role: 1...63 bytes, for PostgreSQL cuts what is longer.
    func databaseName() -> String? {
        line(limit: 63)
    }
}
