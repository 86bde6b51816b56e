/// Who witnesses this gateway's ledger, and whose ledgers it witnesses.
package struct WitnessingConfiguration: Hashable, Sendable {
    /// Somebody who cosigns the ledger's checkpoints (C2SP tlog-witness).
    package struct Witness: Hashable, Sendable {
        package var name: String
        /// The cosigner's verifier key, `NAME+ID+KEY`; what it says is checked where keys are understood.
        package var key: String
        /// The submission prefix: `add-checkpoint` is below it.
        package var url: String
        /// PEM of the authorities that its certificate is verified with, in place of the system's.
        package var ca: String?
        package var place: Place
    }

    /// Which of the witnesses must have cosigned.
    package enum Quorum: Hashable, Sendable {
        case all
        case count(Int)
        /// A C2SP tlog-policy file; relative to the folder of the configuration file.
        case policy(String)
    }

    /// What happens while no quorum can be had.
    package enum WhenUnreachable: Hashable, Sendable {
        /// Work goes on, and alarms tell of it.
        case goOn
        /// Changes are refused once records have waited so long for a quorum; reads go on.
        case refuseChanges(after: Duration)
    }

    /// A log that this gateway witnesses.
    package struct WitnessedLog: Hashable, Sendable {
        package var key: String
        package var place: Place
    }

    package var witnesses: [Witness] = []
    package var quorum = Quorum.all
    package var whenUnreachable = WhenUnreachable.goOn
    /// How long one round of asking may take.
    package var timeout = Duration.seconds(5)
    package var witnessFor: [WitnessedLog] = []

    package init() {}

    /// What is said, without where it stands in the file.
    package var settings: WitnessingConfiguration {
        var settings = self
        let nowhere = Place(line: 0, column: 0)
        for position in settings.witnesses.indices { settings.witnesses[position].place = nowhere }
        for position in settings.witnessFor.indices { settings.witnessFor[position].place = nowhere }
        return settings
    }
}

extension WitnessingConfiguration {
    /// Reads the keys `witnesses`, `quorum`, `unreachable`, `witness_timeout` and `witness_for` of `ledger`.
    static func read(_ map: inout MappingReader) -> WitnessingConfiguration {
        var read = WitnessingConfiguration()
        read.witnesses = map.optional("witnesses", default: []) { field in
            MappingReader.entries(of: field) { Witness.read($0, $1, $2) }
        }
        let isAlone = !map.has("witnesses")
        let count = map.keys(of: "witnesses").count
        read.quorum = map.optional("quorum", default: .all) { field in
            isAlone ? field.fail("there are no witnesses: name them in `witnesses`") : Quorum.read(field, of: count)
        }
        read.whenUnreachable = map.optional("unreachable", default: .goOn) { field in
            isAlone ? field.fail("there are no witnesses: name them in `witnesses`") : WhenUnreachable.read(field)
        }
        read.timeout = map.optional("witness_timeout", default: read.timeout) {
            $0.duration(in: .seconds(1)...(.seconds(60)))
        }
        read.witnessFor = map.optional("witness_for", default: []) { field in
            field.list(of: "verifier keys") { item in
                item.verifierKey().map { WitnessedLog(key: $0, place: item.place) }
            }
        }
        return read
    }
}

extension WitnessingConfiguration.Witness {
    static func read(_ name: String, _ place: Place, _ field: Field) -> Self? {
        guard Field.isName(name) else { return field.fail(Field.nameRule(name)) }
        guard var map = MappingReader(field) else { return nil }
        let key = map.required("key") { $0.verifierKey() }
        let url = map.required("url") { $0.url() }
        let ca = map.optional("ca") { $0.line() }
        map.finish()
        guard let key, let url else { return nil }
        return Self(name: name, key: key, url: url, ca: ca, place: place)
    }
}

extension WitnessingConfiguration.Quorum {
    /// A number of witnesses, `all`, or `{policy: FILE}`.
    static func read(_ field: Field, of count: Int) -> Self? {
        if case .scalar("all", _) = field.node.content { return .all }
        guard case .mapping = field.node.content else {
            guard case .scalar(let text, _) = field.node.content, Field.decimal(text) != nil else {
                return field.fail("expected a number of witnesses, `all`, or {policy: FILE}")
            }
            return field.integer(in: 1...max(1, count)).map { .count($0) }
        }
        guard var map = MappingReader(field) else { return nil }
        let file = map.required("policy") { $0.line() }
        map.finish()
        return file.map { .policy($0) }
    }
}

extension WitnessingConfiguration.WhenUnreachable {
    /// `continue`, or `{refuse_changes_after: 15m}`.
    static func read(_ field: Field) -> Self? {
        if case .scalar("continue", _) = field.node.content { return .goOn }
        guard case .mapping = field.node.content else {
            return field.fail("expected `continue` or {refuse_changes_after: 15m}")
        }
        guard var map = MappingReader(field) else { return nil }
        let after = map.required("refuse_changes_after") {
            $0.duration(in: .seconds(10)...(.seconds(7 * 86_400)))
        }
        map.finish()
        return after.map { .refuseChanges(after: $0) }
    }
}

extension Field {
    /// A verifier key of a signed note: `NAME+HEX+BASE64`. Its parts are looked at here; what they say, where keys are known.
    func verifierKey() -> String? {
        guard let text = line(limit: 4096) else { return nil }
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[1].utf8.count == 8, !parts[2].isEmpty,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return fail("expected a verifier key such as witness.example.com/w1+20324abe+BCms…") }
        return text
    }
}
