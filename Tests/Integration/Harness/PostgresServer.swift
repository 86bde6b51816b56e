import Foundation

/// A real PostgreSQL server, made for this run: on a free port of the loopback address, with TLS, and roles for each way
/// to authenticate.
struct PostgresServer: Sendable {
    let folder: URL
    let port: Int
    let pki: TestPKI
    let process: ChildProcess

    /// Databases: `orders` with the sample data, `restored` and `bench` empty.
    static func start(pki: TestPKI) async throws -> PostgresServer {
        let folder = try Leash.makeFolder("postgres")
        let path = folder.path(percentEncoded: false)
        try PostgresUser.superuser.password.write(toFile: path + "/password", atomically: true, encoding: .utf8)
        try FileManager.default.copyItem(atPath: pki.server.key, toPath: path + "/server.key")
        chmod(path + "/server.key", 0o600)
        try await own(folder)
        try await asServer(
            Machine.postgres("initdb"),
            [
                "-D", path + "/data", "-U", "postgres", "--pwfile", path + "/password", "-E", "UTF8", "--locale",
                "C.UTF-8",
                "--no-sync", "-A", "scram-sha-256",
            ]
        ).run().checked()
        let port = try Machine.freePort()
        try configure(path: path, port: port, pki: pki)
        try await own(folder)
        let command = try asServer(Machine.postgres("postgres"), ["-D", path + "/data"])
        let process = try ChildProcess(
            command.executable,
            command.arguments,
            log: folder.deletingLastPathComponent().appending(path: "postgres-\(port).log"),
            lastSignal: "QUIT"
        )
        let server = PostgresServer(folder: folder, port: port, pki: pki, process: process)
        try await server.waitUntilReady()
        try await server.fill()
        return server
    }

    /// libpq's variables for a direct connection, verify-full.
    func environment(_ user: PostgresUser, database: String = "orders") -> [String: String] {
        [
            "PGHOST": "localhost", "PGPORT": "\(port)", "PGUSER": user.rawValue, "PGPASSWORD": user.password,
            "PGDATABASE": database, "PGSSLMODE": "verify-full", "PGSSLROOTCERT": pki.authority.certificate,
        ]
    }

    /// Runs SQL directly, as the superuser unless told otherwise; gives unaligned rows.
    @discardableResult
    func query(_ sql: String, as user: PostgresUser = .superuser, database: String = "orders") async throws -> String {
        let arguments = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        return try await Command(
            try Machine.postgres("psql"),
            arguments,
            environment: environment(user, database: database),
            input: sql
        ).run().checked().output.trimmingCharacters(in: .newlines)
    }

    private func waitUntilReady() async throws {
        let ready = try Machine.postgres("pg_isready")
        try await Deadline.patient.wait("PostgreSQL to start") {
            if let status = process.exitStatus {
                throw HarnessError("PostgreSQL ended with \(status): \(process.logText)")
            }
            let arguments = ["-q", "-h", "127.0.0.1", "-p", "\(port)"]
            return try await Command(ready, arguments).run().status == 0 ? true : nil
        }
    }

    private static func configure(path: String, port: Int, pki: TestPKI) throws {
        let settings = """
            listen_addresses = '127.0.0.1'
            port = \(port)
            unix_socket_directories = ''
            max_connections = 700
            shared_buffers = 64MB
            fsync = off
            # What a killed gateway left running ends soon, and does not keep the machine busy.
            client_connection_check_interval = 1s
            authentication_timeout = 300s
            ssl = on
            ssl_cert_file = '\(pki.server.certificate)'
            ssl_key_file = '\(path)/server.key'
            ssl_ca_file = '\(pki.authority.certificate)'
            log_line_prefix = '%m [%p] %a '
            """
        let file = URL(filePath: path + "/data/postgresql.conf")
        try (String(contentsOf: file, encoding: .utf8) + "\n" + settings + "\n")
            .write(to: file, atomically: true, encoding: .utf8)
        let rules = """
            hostssl all \(PostgresUser.certificate.rawValue) 127.0.0.1/32 cert
            host    all \(PostgresUser.trusted.rawValue) 127.0.0.1/32 trust
            host    all \(PostgresUser.md5.rawValue) 127.0.0.1/32 md5
            host    all all 127.0.0.1/32 scram-sha-256
            """
        try (rules + "\n").write(toFile: path + "/data/pg_hba.conf", atomically: true, encoding: .utf8)
    }

    private func fill() async throws {
        var sql = ""
        for user in PostgresUser.allCases where user != .superuser {
            sql += "SET password_encryption = '\(user == .md5 ? "md5" : "scram-sha-256")';\n"
            sql += "CREATE ROLE \(user.rawValue) LOGIN PASSWORD '\(user.password)';\n"
        }
        for database in ["orders", "restored", "bench"] {
            sql += "CREATE DATABASE \(database) OWNER \(PostgresUser.orders.rawValue);\n"
        }
        try await query(sql, database: "postgres")
        let sample = try String(contentsOfFile: Machine.client("sample.sql"), encoding: .utf8)
        let grants = "GRANT ALL ON ALL TABLES IN SCHEMA public TO countersign_md5, countersign_cert, countersign_trust;"
        try await query(sample + grants, as: .orders)
    }

    // MARK: - The server's own user

    /// PostgreSQL refuses to run as root, so a root's tests run it as the user that Debian made for it.
    private static func asServer(_ executable: String, _ arguments: [String]) -> Command {
        guard geteuid() == 0 else { return Command(executable, arguments) }
        let user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
        return Command("/usr/bin/setpriv", user + [executable] + arguments)
    }

    private static func own(_ folder: URL) async throws {
        guard geteuid() == 0 else { return }
        try await Command("chown", ["-R", "postgres:postgres", folder.path(percentEncoded: false)]).run().checked()
    }
}
