/// What an encoder has to know beside the event.
package struct ExportTerms: Hashable, Sendable {
    package enum Statements: String, Hashable, Sendable, CaseIterable {
        /// The text of statements, with whatever values stand in it.
        case full
        /// Its SHA-256, its length and what it acts on.
        case digest
    }

    package var statements: Statements
    /// The version of this program.
    package var version: String
    /// The name of the log.
    package var origin: String?
    /// RFC 5424 HOSTNAME and PROCID.
    package var host: String
    package var process: Int32
    /// The private enterprise number of the structured data's name (RFC 5424 section 7.2.2).
    package var enterprise: UInt32
    /// The most bytes of one event; nil for no bound. At least `smallestLimit`: what is cut for it is marked.
    package var limit: Int?

    /// An event all of whose texts are cut as short as they can be fits in this.
    package static let smallestLimit = 8192
    /// For documentation: whoever has a number of their own says it in the configuration.
    package static let documentationNumber: UInt32 = 32_473

    package init(
        statements: Statements,
        version: String,
        origin: String? = nil,
        host: String = "-",
        process: Int32 = 0,
        enterprise: UInt32 = documentationNumber,
        limit: Int? = nil
    ) {
        self.statements = statements
        self.version = version
        self.origin = origin
        self.host = host
        self.process = process
        self.enterprise = enterprise
        self.limit = limit.map { max($0, ExportTerms.smallestLimit) }
    }
}

extension ExportFormat {
    /// Statements where nobody said: the two formats that go through most hands do not carry their values.
    package var usualStatements: ExportTerms.Statements {
        switch self {
        case .jsonl, .ocsf, .csv: .full
        case .cef, .syslog: .digest
        }
    }
}
