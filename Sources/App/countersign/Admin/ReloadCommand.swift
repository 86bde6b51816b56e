internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign reload`
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Let the running gateway read its configuration again.",
        discussion: """
            The new policy is in force for every command from then on. A file with an error changes nothing: its errors \
            are printed, the old policy stays in force, and the exit is 1. SIGHUP does the same.

            Example:  countersign reload --config /etc/countersign/countersign.yaml
            """
    )

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = AdminClient(directory: try data.directory())
        let answer = try await client.post("/reload")
        guard let members = answer.members else { throw client.unexpected }
        let printer = output.printer()
        if output.json { try printer.object(answer.body) }
        switch answer.status {
        case 200:
            guard let policy = members.string("policy") else { throw client.unexpected }
            if !output.json {
                for warning in members.strings("warnings") { try printer.line(warning.onOneLine) }
                try printer.line("policy \(policy) is in force")
            }
            try printer.flush()
        case 422:
            if !output.json {
                for diagnostic in members.strings("diagnostics") { try printer.line(diagnostic.onOneLine) }
            }
            try printer.flush()
            throw Failure(
                "the configuration was refused and the old policy stays in force: correct the file, reload again"
            )
        default: throw client.unexpected
        }
    }
}
