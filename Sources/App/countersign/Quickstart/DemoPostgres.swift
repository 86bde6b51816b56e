internal import Crypto
internal import Foundation

/// The throwaway PostgreSQL: a cluster of its own with the sample data, on the loopback address, TLS alone, and with one
/// database user, whose password the gateway alone is given.
struct DemoPostgres: Sendable {
    static let database = "orders"
    static let user = "countersign_orders"
    static let passwordFile = "secrets/orders-db"

    let folder: QuickstartFolder
    let programs: PostgresPrograms
    let owner: SystemUser?
    private let home: String

    init(folder: QuickstartFolder) throws {
        self.folder = folder
        programs = try PostgresPrograms.find()
        owner = try SystemUser.forPostgres()
        home = DemoPostgres.home(in: folder)
    }

    /// Where the cluster is: in the folder, or, where PostgreSQL's own user may not go there (root's home), in /var/tmp.
    static func home(in folder: QuickstartFolder) -> String {
        guard let user = try? SystemUser.forPostgres(), !user.canEnter(folder.path) else {
            return folder.file("postgres")
        }
        let digest = SHA256.hash(data: Data(folder.path.utf8)).prefix(6).map { String(format: "%02x", $0) }.joined()
        return "/var/tmp/countersign-quickstart-\(digest)"
    }

    var log: String { folder.file("postgres.log") }
    var isReady: Bool { PostmasterFile(data: "\(home)/data").isReady }

    // MARK: Setting up

    /// Makes the cluster and fills it, unless an earlier start did. What was half done is done again.
    func prepare(saying: (String) -> Void) async throws {
        let done = "\(home)/sample-data"
        guard !FileManager.default.fileExists(atPath: done) || !folder.has(DemoPostgres.passwordFile) else {
            return try installCertificate()
        }
        saying("creating the database…")
        try makeHome()
        try installCertificate()
        let arguments = ["-D", "\(home)/data", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync"]
        try await program(programs.initdb, arguments + ["--auth-local", "peer", "--auth-host", "reject"])
            .run(to: "create a database cluster")
        try write(DemoPostgres.clientRules, to: "data/pg_hba.conf")
        try write(DemoPostgres.userMap, to: "data/pg_ident.conf")
        saying("filling it with sample data…")
        try await fill()
        try write("complete\n", to: "sample-data")
    }

    /// Fills it before it listens anywhere: PostgreSQL's single-user mode reads statements from standard input.
    private func fill() async throws {
        let password = try makePassword()
        for (database, sql) in SampleData.steps(user: DemoPostgres.user, password: password) {
            var program = program(
                programs.postgres,
                ["--single", "-j", "-D", "\(home)/data"] + DemoPostgres.fillSettings + [database]
            )
            program.input = sql
            try await program.run(to: "fill the database \(database)")
        }
    }

    /// The statement that sets the password is not logged when it fails.
    private static let fillSettings = [
        "-c", "exit_on_error=true", "-c", "log_min_error_statement=panic", "-c", "log_checkpoints=off",
    ]

    private func makePassword() throws -> String {
        let password = DemoIssuer.base64URL(SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) })
        try folder.makeFolder("secrets")
        try folder.write(password + "\n", to: DemoPostgres.passwordFile)
        return password
    }

    // MARK: Running

    func start(port: Int) async throws -> ChildServer {
        let settings = [
            "listen_addresses=127.0.0.1", "unix_socket_directories=\(socketFolder)", "unix_socket_permissions=0700",
            "ssl=on", "ssl_cert_file=\(home)/server.pem", "ssl_key_file=\(home)/server.key",
            "password_encryption=scram-sha-256", "timezone=UTC", "log_timezone=UTC", "log_line_prefix=%m [%p] %a ",
        ]
        let arguments = ["-D", "\(home)/data", "-p", "\(port)"] + settings.flatMap { ["-c", $0] }
        let program = program(programs.postgres, arguments)
        let server = try await ChildServer.start(program)
        let deadline = ContinuousClock.now + .seconds(60)
        while !isReady {
            if let status = server.exitStatus {
                throw Failure("PostgreSQL ended with \(status) while it started: \(program.lastWords)")
            }
            guard ContinuousClock.now < deadline else {
                await server.stop()
                throw Failure("PostgreSQL did not start within a minute: \(program.lastWords)")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return server
    }

    /// Ends the server that an earlier quickstart left behind: one that was killed and whose kernel did not end its
    /// children. Only a process that is PostgreSQL in this very cluster is ended.
    static func stopStray(in folder: QuickstartFolder) throws {
        let file = PostmasterFile(data: "\(home(in: folder))/data")
        guard let pid = file.livingServer else { return }
        kill(pid, SIGINT)
        let deadline = ContinuousClock.now + .seconds(30)
        while file.livingServer == pid {
            guard ContinuousClock.now < deadline else {
                throw Failure("PostgreSQL of an earlier quickstart (process \(pid)) does not end: end it yourself")
            }
            usleep(20_000)
        }
    }

    /// For a look past the gateway as the superuser. `struct sockaddr_un` holds 108 bytes, so in a deep folder there is
    /// none.
    private var socketFolder: String {
        home.utf8.count < 80 ? home : ""
    }

    // MARK: Files

    private func program(_ path: String, _ arguments: [String]) -> ChildProgram {
        ChildProgram(path: path, arguments: arguments, user: owner, log: log)
    }

    private func makeHome() throws {
        let files = FileManager.default
        if files.fileExists(atPath: home) {
            try checkOwner()
            try? files.removeItem(atPath: home)
        }
        guard mkdir(home, 0o700) == 0 else { throw Failure("the folder \(home) cannot be made (errno \(errno))") }
        try give(home)
    }

    /// In /var/tmp anybody may have made a folder of that name.
    private func checkOwner() throws {
        // Of the folder itself, or of a link in its place.
        let attributes = try? FileManager.default.attributesOfItem(atPath: home)
        let user = (attributes?[.ownerAccountID] as? NSNumber)?.uint32Value
        guard attributes?[.type] as? FileAttributeType == .typeDirectory, let user,
            user == owner?.id ?? geteuid() || user == geteuid()
        else { throw Failure("\(home) is not this quickstart's: delete it, or give another folder with --data") }
    }

    private func installCertificate() throws {
        try checkOwner()
        for (from, to) in [("tls/postgres.pem", "server.pem"), ("tls/postgres.key", "server.key")] {
            guard let text = try? String(contentsOfFile: folder.file(from), encoding: .utf8) else {
                throw Failure("\(folder.file(from)) cannot be read")
            }
            try write(text, to: to)
        }
    }

    private func write(_ text: String, to name: String) throws {
        let path = "\(home)/\(name)"
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be written (errno \(errno))") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw Failure("\(path) cannot be written: is the disk full?")
        }
        try give(path)
    }

    private func give(_ path: String) throws {
        guard let owner else { return }
        guard lchown(path, owner.id, owner.group) == 0 else {
            throw Failure("\(path) cannot be given to the user \(owner.name) (errno \(errno))")
        }
    }

    /// Nobody but the gateway's user, by password and TLS; the superuser only from this machine's own user or root.
    private static let clientRules = """
        local   all     postgres            peer map=quickstart
        hostssl \(database)  \(user)  127.0.0.1/32  scram-sha-256
        hostssl \(database)  \(user)  ::1/128       scram-sha-256

        """

    private static var userMap: String {
        "quickstart root postgres\nquickstart postgres postgres\nquickstart \(NSUserName()) postgres\n"
    }
}
