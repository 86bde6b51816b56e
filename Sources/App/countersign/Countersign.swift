internal import ArgumentParser

/// The program: a gateway, and the tools around it.
@main
struct Countersign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countersign",
        abstract: "Every machine command, countersigned: an identity-aware gateway for automation.",
        discussion: """
            A pipeline connects with its CI's own token as the password. Each statement is analysed, decided, recorded \
            durably and only then executed.

            Try it:  countersign quickstart
            """,
        version: Version.current,
        subcommands: [
            ServeCommand.self, InitCommand.self, CheckCommand.self, QuickstartCommand.self, AuditCommand.self,
            LedgerCommand.self, EvidenceCommand.self, PolicyCommand.self, SessionsCommand.self, ApprovalsCommand.self,
            ExportCommand.self,
            ReloadCommand.self, StatusCommand.self, LoginCommand.self, LogoutCommand.self, WhoamiCommand.self,
            LoginLinkCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(after: error)
        }
    }

    /// Exit 0 done, 1 refused or failed with one line on standard error, 2 usage.
    private static func leave(after error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .success { exit(withError: error) }
        if let code = error as? ExitCode { exit(withError: code) }
        if code == .validationFailure {
            Terminal.complain(fullMessage(for: error))
            exit(withError: ExitCode(2))
        }
        Terminal.complain("countersign: \(message(for: error))")
        exit(withError: ExitCode(1))
    }
}
