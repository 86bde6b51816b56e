internal import AccessModel
internal import ArgumentParser
internal import AuditLog
internal import Foundation

/// `countersign approvals request`
struct ApprovalsRequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Ask people to approve the statements of a file once, before a job runs them.",
        discussion: """
            A job of this role and commit may then run exactly these statements, each once, without waiting. With
            COUNTERSIGN_URL (or --url) and a token the request goes to the gateway's API, as that job; else to the admin
            socket, as the local operator, who then may not answer.

            Example:  countersign approvals request --file migrate.sql --role deploy --target orders-db --commit "$SHA" --ordered --wait
            """
    )

    @Option(help: ArgumentHelp("The statements; - for standard input.", valueName: "file"))
    var file: String

    @Option(help: "The role whose jobs will run them.")
    var role: String

    @Option(help: "The target on which they run.")
    var target: String

    @Option(help: "The database; the target's own where it is left out.")
    var database: String?

    @Option(help: "The commit whose runs may use it; that of the token where it is left out.")
    var commit: String?

    @Option(help: "Why; whoever approves is shown it.")
    var reason: String?

    @Flag(help: "They must come in the order of the file.")
    var ordered = false

    @Option(help: ArgumentHelp("How long it waits and serves, 10s to 7d.", valueName: "duration"))
    var within = "1h"

    @Flag(help: "Return once it is answered: exit 0 where it was approved, else 1.")
    var wait = false

    @Option(help: ArgumentHelp("The gateway's API (or COUNTERSIGN_URL).", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("A file with the job's token (or COUNTERSIGN_TOKEN).", valueName: "file"))
    var tokenFile: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard let duration = MomentArgument.duration(within), duration >= .seconds(10), duration <= .seconds(604_800)
        else { throw ValidationError("--within takes 10s to 7d, such as 30m or 8h") }
    }

    func run() async throws {
        let client = try client()
        let made = try await client.request(try body())
        let printer = output.printer()
        guard let id = made.members.string("id") else { throw Failure("the gateway named no approval") }
        if output.json {
            try printer.object(made.text)
        } else {
            try ApprovalView(ApprovalList.Entry(text: made.text[...], members: made.members)).print(to: printer)
        }
        try printer.flush()
        if wait { try await answered(client, id) }
    }

    private func answered(_ client: ChangeSetClient, _ id: String) async throws {
        while true {
            let now = try await client.find(id)
            switch now.string("state") {
            case "approved": return
            case "waiting": try await Task.sleep(for: .seconds(1))
            case let state:
                let reason = now.objects("answers").last?.string("reason").map { ": \($0.onOneLine)" } ?? ""
                throw Failure("approval \(id) is \(state ?? "unknown")\(reason)")
            }
        }
    }

    private func client() throws -> ChangeSetClient {
        let environment = ProcessInfo.processInfo.environment
        guard let url = url ?? environment["COUNTERSIGN_URL"], !url.isEmpty else {
            guard tokenFile == nil else { throw Failure("a token goes to the API: give --url, or set COUNTERSIGN_URL") }
            return .socket(AdminClient(directory: try data.directory()))
        }
        guard url.hasPrefix("https://") || ApprovalsRequestCommand.isLocal(url) else {
            throw Failure("a token goes over https only, or to this machine: \(url.onOneLine)")
        }
        return .api(url: url.hasSuffix("/") ? String(url.dropLast()) : url, token: try token(environment))
    }

    private static func isLocal(_ url: String) -> Bool {
        guard url.hasPrefix("http://"), let host = URLComponents(string: url)?.host else { return false }
        return host == "localhost" || host.hasPrefix("127.") || host == "[::1]" || host == "::1"
    }

    private func token(_ environment: [String: String]) throws -> String {
        let text: String
        if let tokenFile {
            guard let file = FileManager.default.contents(atPath: tokenFile) else {
                throw Failure("\(tokenFile) cannot be read")
            }
            text = String(decoding: file, as: UTF8.self)
        } else {
            text = environment["COUNTERSIGN_TOKEN"] ?? ""
        }
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Failure("no token: give --token-file FILE, or set COUNTERSIGN_TOKEN")
        }
        return token
    }

    private func body() throws -> JSONBytes {
        let bytes =
            file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
        guard let bytes else { throw Failure("\(file) cannot be read") }
        guard let sql = String(validating: bytes, as: UTF8.self) else { throw Failure("\(file) is not UTF-8") }
        var json = JSONBytes(reserving: sql.utf8.count + 512)
        json.appendRaw("{")
        json.member("role")
        json.append(role)
        json.member("target")
        json.append(target)
        json.member("database")
        json.append(database)
        json.member("commit")
        json.append(commit)
        json.member("reason")
        json.append(reason)
        json.member("ordered")
        json.append(ordered)
        json.member("within_s")
        json.append(MomentArgument.duration(within)?.components.seconds ?? 3600)
        json.member("sql")
        json.append(sql)
        json.appendRaw("}")
        return json
    }
}
