import AccessModel

/// A system behind the gateway.
package struct TargetConfiguration: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case postgres }

    package enum Address: Hashable, Sendable {
        case network(NetworkAddress)
        /// The path of the socket itself, or of its folder (then `.s.PGSQL.5432` in it).
        case unix(String)
    }

    /// TLS towards the target, as libpq has it (PostgreSQL manual, "SSL Support").
    package struct TLS: Hashable, Sendable {
        package enum Mode: String, Hashable, Sendable, CaseIterable {
            case disable, allow, prefer, require
            case verifyCA = "verify-ca"
            case verifyFull = "verify-full"
        }

        package var mode: Mode
        /// PEM of the authorities; nil for the system's.
        package var ca: String?
        /// PEM of the gateway's own certificate, with its key.
        package var certificate: String?
        package var key: SecretReference?
        /// The name that the certificate must hold, and that is sent; nil for the host of the address.
        package var serverName: String?
    }

    package struct Credential: Hashable, Sendable {
        package var user: String
        /// Nil where the target asks for none: a client certificate, or trust.
        package var password: SecretReference?
    }

    package var name: String
    package var kind: Kind
    package var address: Address
    package var tls: TLS
    /// What a session gets when it names no database.
    package var database: String
    /// What else `TARGET/DATABASE` may name.
    package var databases: [String]
    package var credential: Credential
    package var connectTimeout: Duration
    package var place: Place

    /// Whether a session may ask for this database.
    package func serves(database name: String) -> Bool {
        name.hasBytes(of: database) || databases.contains { $0.hasBytes(of: name) }
    }
}
