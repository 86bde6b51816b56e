internal import AccessModel
internal import ArgumentParser
internal import Foundation
internal import Identity
internal import PolicyEngine
internal import PostgresGateway

/// `countersign policy explain`
struct PolicyExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what would be decided of a statement, by which grant, and what would allow it.",
        discussion: """
            The claims are one JSON object, as in the middle part of a token. They are taken as verified: signature, \
            times and audience are not looked at. No target is asked: names without a schema are looked up in \
            --search-path, and those that begin with pg_ in pg_catalog. With --catalog, a file of `countersign policy \
            catalog`, columns are told apart as a gateway tells them. Exit 0 whatever the decision is. With --url, or \
            COUNTERSIGN_URL, the policy in force there is asked.

            Example:
              countersign policy explain --claims job.json --target orders-db \\
                --catalog orders.catalog --sql 'SELECT id FROM orders'
            """
    )

    @Option(name: .long, help: "The configuration file (or COUNTERSIGN_CONFIG).")
    var config: String?

    @Option(name: .long, help: ArgumentHelp("A file with the claims as JSON; - is standard input.", valueName: "file"))
    var claims: String

    @Option(name: .long, help: "The issuer's name; by default the one that the iss claim says.")
    var issuer: String?

    @Option(name: .long, help: ArgumentHelp("TARGET, or TARGET/DATABASE.", valueName: "target"))
    var target: String

    @Option(
        name: .long,
        help: ArgumentHelp("The role that is asked for; countersign is every role.", valueName: "role")
    )
    var user = "countersign"

    @Option(name: .long, help: ArgumentHelp("Where the session comes from.", valueName: "address"))
    var source = "127.0.0.1"

    @Option(name: .long, help: "The justification that is given.")
    var reason: String?

    @Option(name: .long, help: ArgumentHelp("When, as 2026-11-24T22:00:00Z; by default now.", valueName: "time"))
    var at: MomentArgument?

    @Option(name: .long, help: ArgumentHelp("The statement; - is standard input.", valueName: "sql"))
    var sql: String

    @Option(name: .long, help: ArgumentHelp("Schemas of the session, with commas between them.", valueName: "schemas"))
    var searchPath = "public"

    @Option(
        name: .long,
        help: ArgumentHelp("What the database holds: `countersign policy catalog`.", valueName: "file")
    )
    var catalog: String?

    @OptionGroup var remote: RemoteOptions
    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        guard remote.url == nil || config == nil else { throw ValidationError("give --url or --config, and not both") }
        guard claims != "-" || sql != "-" else { throw ValidationError("only one of --claims and --sql can be -") }
    }

    func run() async throws {
        if config == nil, remote.address != nil { return try await ask(try remote.client(try remote.gateway())) }
        let now = SystemClock.now()
        let oracle = try PolicyOracle(path: try ConfigurationFile.path(given: config), now: now)
        let wanted = TargetName(target)
        try oracle.requireNames(target: wanted.target, user: user)
        let verdict = try oracle.answer(
            PolicyQuestion(
                claims: try PolicyExplainCommand.claims(from: claims),
                issuer: issuer,
                user: user,
                target: wanted.target,
                database: wanted.database,
                source: source,
                reason: reason,
                sql: try sql == "-" ? PolicyExplainCommand.text(of: "-") : sql,
                at: at?.beginning(now: now),
                searchPath: searchPath.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
                catalog: try catalog.map { try CatalogFile(at: $0) }
            )
        )
        let printer = output.printer()
        try output.json ? printer.object(PolicyReport.json(verdict)) : PolicyReport.tell(verdict, oracle.id, printer)
        try printer.flush()
    }

    /// The policy in force at a gateway elsewhere.
    private func ask(_ api: APIClient) async throws {
        guard catalog == nil else {
            throw Failure("--catalog goes with --config: the policy of a gateway is asked without one")
        }
        var form = [
            ("claims", try PolicyExplainCommand.text(of: claims)), ("target", target), ("role", user),
            ("source", source),
            ("sql", try sql == "-" ? PolicyExplainCommand.text(of: "-") : sql), ("search_path", searchPath),
        ]
        if let issuer { form.append(("issuer", issuer)) }
        if let reason { form.append(("reason", reason)) }
        if let at { form.append(("at", "\(at.beginning(now: SystemClock.now()))")) }
        let answer = try await api.post("/api/v1/explain", form: form)
        guard answer.status == 200, let members = answer.members, members["outcome"] != nil else {
            throw answer.refusal.map { Failure($0) } ?? api.unexpected
        }
        let printer = output.printer()
        try output.json ? printer.object(answer.body) : PolicyReport.tell(members, printer)
        try printer.flush()
    }

    static func claims(from path: String) throws -> ClaimsPreview {
        let json = Array(try text(of: path).utf8)
        do throws(TokenRefusal) {
            return try ClaimsPreview(json: json)
        } catch {
            throw Failure("\(path == "-" ? "the claims" : path): \(error.reason)")
        }
    }

    private static func text(of path: String) throws -> String {
        let data =
            path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else { throw Failure("\(path): cannot be read; does it exist, and may this user read it?") }
        guard let text = String(validating: data, as: UTF8.self) else { throw Failure("\(path): not UTF-8") }
        return text
    }
}
