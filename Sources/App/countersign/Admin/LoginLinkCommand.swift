internal import AccessModel
internal import ArgumentParser

/// `countersign login-link`
struct LoginLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login-link",
        abstract: "Make a link that logs the local operator in to the console, once.",
        discussion: """
            For a console without an identity provider, or whose provider is out of reach. Whoever opens the link within \
            five minutes sees and ends what this user can by the admin socket, and no more: they approve where a grant names \
            `local`. That a link was made, and that it was used, is recorded.

            Example:  countersign login-link --data /var/lib/countersign
            """
    )

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = AdminClient(directory: try data.directory())
        let answer = try await client.post("/login-links")
        guard answer.status == 200, let url = answer.members?.string("url") else {
            throw answer.refusal.map { Failure($0) } ?? client.unexpected
        }
        let printer = output.printer()
        if output.json { try printer.object(answer.body) } else { try printer.line(url.onOneLine) }
        try printer.flush()
    }
}
