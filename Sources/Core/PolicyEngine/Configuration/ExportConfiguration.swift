package import AccessModel

/// Where the ledger's events are sent while the gateway runs.
package struct ExportConfiguration: Hashable, Sendable {
    package enum Format: String, Hashable, Sendable, CaseIterable {
        case jsonl, ocsf, cef, syslog
    }

    package enum Statements: String, Hashable, Sendable, CaseIterable {
        case full, digest
    }

    package enum Beginning: String, Hashable, Sendable, CaseIterable {
        /// With the first record of the ledger.
        case beginning
        /// With the first one after the destination was added.
        case now
    }

    package enum Destination: Hashable, Sendable {
        case syslog(Syslog)
        case file(File)
        case https(HTTPS)
    }

    /// RFC 5425; without TLS (RFC 6587, octet counting) on a loopback address only.
    package struct Syslog: Hashable, Sendable {
        package struct TLS: Hashable, Sendable {
            /// PEM of the authorities; nil for the system's.
            package var ca: String?
            /// The name that the certificate must hold, and that is sent; nil for the host of the address.
            package var serverName: String?
            package var certificate: String?
            package var key: SecretReference?
        }

        package var address: NetworkAddress
        package var tls: TLS?
        /// How much of what was sent last is sent again on a new connection.
        package var replay: Duration
        /// The most bytes of one message.
        package var messageBytes: Int
        /// Of the structured data's name; nil for the number that is for documentation.
        package var enterprise: Int?
    }

    package struct File: Hashable, Sendable {
        package var path: String
        /// Bytes at which a new file is begun.
        package var rotate: Int
        /// How many finished files are kept.
        package var keep: Int
    }

    package struct HTTPS: Hashable, Sendable {
        package struct Header: Hashable, Sendable {
            package var name: String
            package var value: SecretReference
        }

        package var url: String
        package var ca: String?
        package var headers: [Header]
    }

    package var name: String
    package var format: Format
    package var destination: Destination
    /// Nil for every kind.
    package var kinds: [String]?
    /// Nil for every decision; else what was not decided is told all the same.
    package var decisions: [DecisionOutcome]?
    package var targets: [String]?
    /// Nil for what is usual of the format.
    package var statements: Statements?
    package var from: Beginning
    package var place: Place
}
