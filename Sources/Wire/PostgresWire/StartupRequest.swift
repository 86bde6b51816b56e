/// What a client asked for in its StartupMessage, after every parameter was understood.
///
/// Parameters are taken by an allow-list: a parameter can load libraries, switch roles or change how statements are
/// read, so one that is not known is refused and never passed on.
package struct StartupRequest: Hashable, Sendable {
    package var version: ProtocolVersion
    package var user: String
    /// As sent: `TARGET` or `TARGET/DATABASE`.
    package var database: String
    /// What the client calls itself. Recorded; the target sees the session's stamp instead.
    package var client: String?
    /// The justification, `options=-c countersign.reason=…`.
    package var reason: String?
    /// Session parameters for the target, names in lower case.
    package var settings: [StartupParameter]
    /// `_pq_.` options, which no version of the protocol that is spoken here knows.
    package var unknownOptions: [String]

    /// Parameters that change only how a session looks or waits.
    package static let allowedSettings: Set<String> = [
        "bytea_output", "client_encoding", "client_min_messages", "datestyle", "default_transaction_deferrable",
        "default_transaction_isolation", "default_transaction_read_only", "extra_float_digits", "geqo",
        "idle_in_transaction_session_timeout", "intervalstyle", "jit", "lock_timeout", "search_path",
        "standard_conforming_strings", "statement_timeout", "timezone",
    ]

    package init(version: ProtocolVersion, parameters: [StartupParameter]) throws(StartupRefusal) {
        self.version = version
        user = ""
        database = ""
        settings = []
        unknownOptions = []
        for parameter in parameters {
            try take(parameter)
        }
        guard !user.isEmpty else { throw .noUser }
        if database.isEmpty { database = user }
        for text in [user, database, client ?? "", reason ?? ""] + settings.map(\.value)
        where text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw .controlCharacter
        }
    }

    private mutating func take(_ parameter: StartupParameter) throws(StartupRefusal) {
        switch parameter.name {
        case "user": user = parameter.value
        case "database": database = parameter.value
        case "replication":
            guard ["false", "off", "no", "0"].contains(parameter.value.lowercased()) else { throw .replication }
        case "options":
            guard let options = StartupOptions.parse(parameter.value) else { throw .malformedOptions }
            for option in options { try set(option) }
        case let name where name.hasPrefix("_pq_."): unknownOptions.append(name)
        default: try set(parameter)
        }
    }

    private mutating func set(_ parameter: StartupParameter) throws(StartupRefusal) {
        let name = parameter.name.lowercased()
        switch name {
        case "application_name": client = parameter.value
        case "countersign.reason": reason = parameter.value
        case "client_encoding":
            // The statement that is analysed must be the one that the target reads (PITFALL: parser differentials).
            let plain = parameter.value.lowercased().filter { $0.isLetter || $0.isNumber }
            guard ["utf8", "unicode", "sqlascii", "auto"].contains(plain) else { throw .encoding }
            settings.append(StartupParameter(name, "UTF8"))
        case "standard_conforming_strings":
            guard ["on", "true", "yes", "1"].contains(parameter.value.lowercased()) else { throw .parameter(name) }
        default:
            guard StartupRequest.allowedSettings.contains(name) else { throw .parameter(name) }
            settings.append(StartupParameter(name, parameter.value))
        }
    }
}
