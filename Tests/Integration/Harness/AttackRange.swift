import Foundation

/// A gateway whose target is a database of its own, entered as the server's superuser: only the gateway stands before it.
struct AttackRange: Sendable {
    let gateway: GatewayProcess
    /// What the clients of `Tests/Integration/clients` are told, as a file of JSON.
    let configuration: URL

    static let database = "attacks"
    private static let made = Task { try await make() }

    static var shared: AttackRange {
        get async throws { try await made.value }
    }

    /// What no attack may see, in any form.
    private static let secrets: [JSONValue] = [
        "amaranth", "basilisk", "cinnabar", "4929000011112222", "4929000033334444", "4929000055556666", "078-05-1120",
        "219-09-9999", "1979-05-17", "1984-11-23", "1979-12-31", "83217", "52894", "61553", "vermilion", "pomegranate",
        "tamarind", "heliotrope", "viridian", "saffron",
    ]

    private static func make() async throws -> AttackRange {
        let bed = try await Testbed.shared
        try await bed.server.query("CREATE DATABASE \(database)", database: "postgres")
        let world = try String(contentsOfFile: Machine.client("attacks.sql"), encoding: .utf8)
        try await bed.server.query(world, database: database)
        let gateway = try await bed.makeGateway { configuration in
            configuration.roles = roles
            configuration.moreTargets = configuration.target("attacked", .superuser, database: database)
        }
        let folder = try Leash.makeFolder("attacks")
        chmod(folder.path(percentEncoded: false), 0o777)
        let file = folder.deletingLastPathComponent().appending(path: "attacks.json")
        try settings(gateway, folder).compact.write(to: file, options: .atomic)
        return AttackRange(gateway: gateway, configuration: file)
    }

    /// Runs a client of `Tests/Integration/clients` on what it works through.
    func run(_ client: String, _ work: String, timeout: Duration = .seconds(300)) async throws -> CommandResult {
        let arguments = [Machine.client(client), work, configuration.path(percentEncoded: false)]
        return try await Command(Machine.python, arguments, timeout: timeout).run()
    }

    private static func settings(_ gateway: GatewayProcess, _ folder: URL) throws -> JSONValue {
        let server = gateway.configuration.server
        let path = folder.path(percentEncoded: false)
        return [
            "gateway": [
                "host": "localhost", "port": .integer(Int64(gateway.configuration.port)),
                "ca": .string(server.pki.authority.certificate),
                "token": .string(try gateway.configuration.issuer.token()),
                "database": "attacked",
            ],
            "direct": [
                "host": "localhost", "port": .string("\(server.port)"),
                "user": .string(PostgresUser.superuser.rawValue),
                "password": .string(PostgresUser.superuser.password), "dbname": .string(database),
                "sslmode": "verify-full", "sslrootcert": .string(server.pki.authority.certificate),
            ],
            "secrets": .array(secrets), "folder": .string(path),
            "names": ["dir": .string(path), "port": .string("\(server.port)")],
        ]
    }

    private static let masks = """
        {shop.customers.email: email, shop.customers.card: hash, shop.customers.ssn: last4,
                       shop.customers.born: year, shop.customers.salary: round(100000), shop.people.phone: redact,
                       shop.staff.pin: "partial(1,0)", shop.vault.born: year, shop.vault.salary: round(100000),
                       shop.vault.email: email, shop.vault.pin: redact}
        """

    private static func role(_ name: String, _ allow: String) -> String {
        """
          \(name):
            owner: ana@example.com
            expires: 2099-01-01
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants:
              - target: attacked
                allow: {\(allow)}
                mask: \(masks)
        """
    }

    private static let shown = "shop.customers, shop.orders, shop.people, shop.staff, shop.vault"

    /// From the least that is of use to all that can be granted.
    private static let roles = [
        role("reader", "select: [\(shown)]"),
        role(
            "writer",
            """
            select: [\(shown)], insert: [shop.customers, shop.orders], delete: [shop.orders],
                          update: ["shop.orders(status)", "shop.customers(note, name)"]
            """
        ),
        role(
            "maker",
            """
            select: [\(shown), "lab.*", "pg_temp.*"], "insert,update,delete,truncate": ["lab.*", "pg_temp.*"],
                          "create,alter,drop": ["lab.*", "pg_temp.*"]
            """
        ),
        role(
            "curious",
            #"select: [\#(shown), shop.names, "lab.*", "pg_catalog.*", "information_schema.*", "pg_toast.*"]"#
        ),
        role(
            "wide",
            """
            "select,insert,update,delete,truncate,lock": ["*.*"], execute: ["pg_catalog.*", "ext.*"],
                          "create,alter,drop,grant,maintain": ["*.*", ".*"], "set,listen,notify,do": ["*"]
            """
        ),
    ].joined(separator: "\n")
}
