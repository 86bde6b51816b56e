internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign sessions list`
struct SessionsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the live sessions, oldest first.",
        discussion: """
            Past sessions are in the ledger: countersign audit search --kind session.opened

            Example:  countersign sessions list --data /var/lib/countersign --json
            """
    )

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let sessions = try await LiveSessionList.fetch(try gateway.access())
        let printer = output.printer()
        if output.json {
            for session in sessions { try printer.object(session.text) }
        } else {
            try table(sessions, printer)
        }
        try printer.flush()
    }

    private func table(_ sessions: [LiveSessionList.Entry], _ printer: Printer) throws {
        let headers = ["SESSION", "OPENED", "COMMANDS", "DENIED", "TARGET", "SOURCE", "ROLES", "PRINCIPAL"]
        var table = TextTable(headers, printer: printer)
        for session in sessions {
            let members = session.members
            let denied = members.number("denied") ?? 0
            try table.add([
                .init(text: (members.string("id") ?? "?").onOneLine, tone: .bold),
                .init(text: session.opened.onOneLine),
                .init(text: String(members.number("commands") ?? 0)),
                .init(text: String(denied), tone: denied > 0 ? .red : .plain),
                .init(text: session.target.onOneLine),
                .init(text: session.source.onOneLine),
                .init(text: members.strings("roles").joined(separator: ",").onOneLine),
                .init(text: session.principal.onOneLine),
            ])
        }
        try table.flush()
        if sessions.isEmpty { Terminal.complain("no live session") }
    }
}
