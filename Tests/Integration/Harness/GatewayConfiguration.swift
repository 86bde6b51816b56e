import Foundation

/// The configuration file of a gateway under test.
struct GatewayConfiguration: Sendable {
    var folder: URL
    var port: Int
    var consolePort: Int
    /// The members of the console's `tls`; nil for HTTP.
    var consoleTLS: String?
    var server: PostgresServer
    var issuer: TestIssuer
    /// Where the issuer's keys come from, as a line of YAML; nil for its file. Empty for discovery.
    var issuerKeys: String?
    /// Where the ledger is; below `folder` unless a test brings its own file system.
    var data: URL
    var readsOnDisk = false
    var changesOnDisk = false
    /// Segments of 1 MiB and as small a reserve, for a small disk.
    var smallLedger = false
    /// Lines of YAML in `ledger:`, indented by two, and the ledger's name.
    var ledger = ""
    var origin = "test.example/one"
    /// Lines of YAML at the top level, for what a test adds.
    var extra = ""
    /// Lines of YAML in `people:`, indented by two.
    var people = "  ana@example.com: {name: Ana Silva}"
    /// Lines of YAML in `targets:`, indented by two.
    var moreTargets = ""
    /// Lines of YAML in `roles:`, indented by two.
    var roles = GatewayConfiguration.roles

    init(server: PostgresServer, issuer: TestIssuer) throws {
        self.server = server
        self.issuer = issuer
        folder = try Leash.makeFolder("gateway")
        port = try Machine.freePort()
        consolePort = try Machine.freePort()
        data = folder.appending(path: "data")
    }

    var file: URL { folder.appending(path: "countersign.yaml") }

    /// The targets of the test server, one for each way to authenticate, and two that must not be trusted.
    static let targets = ["orders-db", "orders-md5", "orders-cert", "orders-trust", "orders-plain"]

    /// `everything` may do all that ordinary clients do; `nightly` reads and reconciles orders.
    static let roles = """
          everything:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants:
        \(targets.map(grant).joined(separator: "\n"))
          nightly:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711", ref_protected: "true"}}]
            grants:
              - target: orders-db
                allow:
                  select: [public.orders, public.customers]
                  update: ["public.orders(status, reconciled_at)"]
          masked:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants:
              - target: orders-db
                allow:
                  select: [public.customers, "pg_catalog.*", "views.*"]
                  update: [public.customers]
                  create: ["public.*"]
                mask: {public.customers.email: email, public.customers.card_number: hash}
          limited:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants:
              - target: orders-db
                allow: {select: [public.orders], execute: [pg_catalog.pg_sleep]}
                limit: {rows_returned: 100, statement_time: 1s}
          bounded:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants:
              - target: orders-db
                allow: {"select,insert,update,delete,truncate": ["bounded.*"], create: ["pg_temp.*"]}
                limit: {rows_changed: 5}
          searched:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants:
              - target: orders-db
                allow: {"select,insert,update": ["bounded.*"], execute: ["pg_catalog.repeat"]}
                detect: {card: redact, email: report, iban: redact}
          quiet:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            record: {literals: redacted}
            grants:
              - target: orders-db
                allow: {"select,insert,update": ["bounded.*"]}
          other-team:
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4712"}}]
            grants: [{target: orders-db, allow: {select: [public.orders]}}]
        """

    private static func grant(_ target: String) -> String {
        """
              - target: \(target)
                allow:
                  "select,insert,update,delete,truncate,lock,execute": ["*.*"]
                  "create,alter,drop,grant,maintain": ["*.*", ".*"]
                  "set,listen,notify,do": ["*"]
        """
    }

    /// Writes the file, and the secrets that it names.
    func write() async throws {
        for user in PostgresUser.allCases {
            try user.password.write(to: folder.appending(path: user.rawValue), atomically: true, encoding: .utf8)
        }
        // Of the client that the console is, at a provider where people log in.
        try "client-secret-of-a-test".write(
            to: folder.appending(path: "client-secret"),
            atomically: true,
            encoding: .utf8
        )
        try await yaml.write(to: file, atomically: true, encoding: .utf8)
    }

    private var yaml: String {
        get async throws {
            let pki = server.pki
            let client = try await pki.client(PostgresUser.certificate.rawValue)
            let ca = pki.authority.certificate
            let certificate = "certificate: \(client.certificate), key: {file: \(client.key)}"
            return """
                version: 1
                data: \(data.path(percentEncoded: false))
                listen:
                  postgres:
                    address: "127.0.0.1:\(port)"
                    tls: {certificate: \(pki.gateway.certificate), key: {file: \(pki.gateway.key)}}
                  console: {address: "127.0.0.1:\(consolePort)"\(consoleTLS.map { ", tls: {\($0)}" } ?? "")}
                ledger:
                  origin: \(origin)
                  durability: {reads: \(readsOnDisk ? "disk" : "process"), changes: \(changesOnDisk ? "disk" : "process")}
                  segment_size: \(smallLedger ? "1MiB" : "16MiB")
                  reserve: 1MiB
                \(ledger)
                issuers:
                  ci:
                    type: oidc
                    issuer: \(issuer.url)
                    audience: countersign
                    preset: gitlab
                    \(issuerKeys ?? "jwks: {file: \(issuer.jwks.path(percentEncoded: false))}")
                    algorithms: [RS256, ES256, EdDSA]
                people:
                \(people)
                targets:
                \(target("orders-db", .orders, tls: "mode: verify-full, ca: \(ca)"))
                \(target("orders-md5", .md5, tls: "mode: verify-ca, ca: \(ca)"))
                \(target("orders-cert", .certificate, tls: "mode: verify-full, ca: \(ca), \(certificate)"))
                \(target("orders-trust", .trusted, tls: "mode: require"))
                \(target("orders-plain", .orders, tls: "mode: disable"))
                \(target("orders-stranger", .orders, tls: "mode: verify-full, ca: \(pki.stranger.certificate)"))
                \(moreTargets)
                roles:
                \(roles)
                # On a busy machine a client that is in earnest may be slow.
                limits: {authentication_timeout: 60s}
                \(extra)

                """
        }
    }

    /// A target that another database of the server is, by verified TLS.
    func target(_ name: String, _ user: PostgresUser, database: String) -> String {
        target(name, user, tls: "mode: verify-full, ca: \(server.pki.authority.certificate)", database: database)
    }

    private func target(
        _ name: String,
        _ user: PostgresUser,
        tls: String,
        database: String = "orders"
    ) -> String {
        """
          \(name):
            type: postgres
            address: "localhost:\(server.port)"
            tls: {\(tls)}
            database: \(database)
            databases: [restored, bench]
            connect_timeout: 60s
            credential: {user: \(user.rawValue), password: {file: \(user.rawValue)}}
        """
    }
}
