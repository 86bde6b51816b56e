import Foundation
import Testing

extension Integration {
    @Suite("A query with masks answers as a database would whose columns hold the masked values")
    struct MaskEqualityTests {
        private static let environment = ProcessInfo.processInfo.environment

        /// `COUNTERSIGN_MASK_CASES` and `COUNTERSIGN_MASK_SEED` are for more of them, and for others.
        @Test("Random SELECTs give the same rows, or the same error")
        func equal() async throws {
            let bed = try await Testbed.shared
            let masks = try await Command(Machine.python, [Machine.client("masked_schema.py")]).run().checked().output
            let gateway = try await bed.makeGateway { configuration in
                configuration.roles += "\n" + Self.role(masks.split(separator: "\n").joined(separator: ", "))
            }
            var environment = try gateway.environment("shadowed")
            environment["DIRECT"] = Self.text(bed.server.environment(.orders))
            environment["SHADOW"] = Self.text(bed.server.environment(.orders, database: "restored"))
            let data = gateway.configuration.data.path(percentEncoded: false)
            let result = try await Command(
                Machine.python,
                [
                    Machine.client("masked_equality.py"), Self.environment["COUNTERSIGN_MASK_CASES"] ?? "400",
                    Self.environment["COUNTERSIGN_MASK_SEED"] ?? "1", data + "/keys/mask.key",
                ] + (Self.environment["COUNTERSIGN_MASK_VERBOSE"] == nil ? [] : ["-v"]),
                environment: environment,
                timeout: .seconds(7200)
            ).run()
            print(result.output)
            for database in ["orders", "restored"] {
                try await bed.server.query("DROP SCHEMA IF EXISTS shadow CASCADE", as: .orders, database: database)
            }
            try await gateway.process.stop()
            #expect(result.status == 0, "\(result)")
        }

        private static func role(_ masks: String) -> String {
            """
              shadowed:
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    allow: {select: ["shadow.*"], lock: ["shadow.*"], update: ["shadow.*"], set: ["*"]}
                    mask: {\(masks)}
            """
        }

        /// libpq's variables as a connection string.
        private static func text(_ environment: [String: String]) -> String {
            let names = [
                "PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password",
                "PGDATABASE": "dbname", "PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert",
            ]
            return environment.compactMap { name, value in names[name].map { "\($0)='\(value)'" } }
                .sorted().joined(separator: " ")
        }
    }
}
