/// The configuration file, read into types that cannot be wrong: whatever is named exists, and every bound holds.
package struct Configuration: Hashable, Sendable {
    /// The version of the format; 1.
    package var version: Int
    /// The data directory; relative to the folder of the file.
    package var data: String
    package var listen: Listeners
    package var ledger: LedgerConfiguration
    /// In the order of the file, like every list here.
    package var issuers: [IssuerConfiguration]
    package var people: [Person]
    package var targets: [TargetConfiguration]
    package var roles: [Role]
    package var limits: LimitsConfiguration
    /// Where events are sent.
    package var exports: [ExportConfiguration]
    /// Where people are told of approvals.
    package var notifications: [NotificationConfiguration] = []
    /// How people log in; nil where nobody does.
    package var login: LoginConfiguration?
}

extension Configuration {
    /// Reads a file's text. `file` is the name that diagnostics show.
    ///
    /// All that is wrong is collected. There is no configuration when there is an error; there may be warnings beside
    /// a configuration. What depends on the time (roles that end soon) is found by `lint(at:)`.
    package static func parse(
        _ text: String,
        file: String
    ) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
        let sink = DiagnosticSink(file: file)
        // What YAML itself got wrong would only make everything else look missing.
        guard let root = YAMLComposer(sink: sink).compose(text), !sink.hasErrors else { return (nil, sink.sorted) }
        let configuration = read(Field(node: root, path: "", sink: sink))
        guard !sink.hasErrors, let configuration else { return (nil, sink.sorted) }
        configuration.lint(into: sink)
        return sink.hasErrors ? (nil, sink.sorted) : (configuration, sink.sorted)
    }

    private static func read(_ field: Field) -> Configuration? {
        guard var map = MappingReader(field) else { return nil }
        let version = map.required("version") { readVersion($0) }
        let data = map.required("data") { $0.line() }
        let listen = map.required("listen") { Listeners.read($0) }
        _ = map.optional("store") { readStore($0) }
        let hasConsole = listen?.console != nil
        let ledger = map.required("ledger") { field in
            LedgerConfiguration.read(field).flatMap { ledger in
                let needsConsole = !ledger.witnessing.witnessFor.isEmpty || ledger.publication != LedgerPublication()
                return hasConsole || listen == nil || !needsConsole
                    ? ledger : field.fail("`listen.console`, which serves `witness_for` and `publish`, is missing")
            }
        }
        let issuers = map.required("issuers") { MappingReader.entries(of: $0) { IssuerConfiguration.read($0, $1, $2) } }
        let people = map.required("people") { MappingReader.entries(of: $0) { Person.read($0, $1, $2) } }
        let targets = map.required("targets") { MappingReader.entries(of: $0) { TargetConfiguration.read($0, $1, $2) } }
        // The names come from the file, so that one bad issuer does not make each binding to it an error, too.
        let names = Role.Names(
            issuers: map.keys(of: "issuers"),
            people: people
                ?? map.keys(of: "people").map { Person(id: $0, name: $0, groups: [], aliases: [], status: .active) },
            targets: map.keys(of: "targets")
        )
        let roles = map.required("roles") { field in
            MappingReader.entries(of: field) { Role.read($0, $1, $2, names: names) }
        }
        let limits = map.optional("limits", default: LimitsConfiguration()) { LimitsConfiguration.read($0) }
        let exports = map.optional("export", default: []) { field in
            MappingReader.entries(of: field) {
                ExportConfiguration.read($0, $1, $2, targets: names.targets)
            }.map { ExportConfiguration.withOwnFiles($0, field) }
        }
        let notifications = map.optional("notifications", default: []) { field in
            MappingReader.entries(of: field) { NotificationConfiguration.read($0, $1, $2, people: names.people) }
        }
        let login = map.optional("login") { LoginConfiguration.read($0, people: names.people) }
        map.finish()
        guard let version, let data, let listen, let ledger, let issuers, let people, let targets, let roles else {
            return nil
        }
        return Configuration(
            version: version,
            data: data,
            listen: listen,
            ledger: ledger,
            issuers: issuers,
            people: people,
            targets: targets,
            roles: roles,
            limits: limits,
            exports: exports,
            notifications: notifications,
            login: login
        )
    }

    private static func readVersion(_ field: Field) -> Int? {
        if case .scalar("1", isPlain: true) = field.node.content { return 1 }
        return field.fail("expected 1: this version of countersign knows no other format of the file")
    }

    /// `sqlite` is what there is.
    private static func readStore(_ field: Field) -> Bool? {
        if case .scalar("sqlite", _) = field.node.content { return true }
        return field.fail("expected `sqlite`: no other store is supported yet by this version")
    }
}
