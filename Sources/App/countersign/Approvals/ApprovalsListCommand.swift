internal import AccessModel
internal import ArgumentParser

/// `countersign approvals list`
struct ApprovalsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the commands that wait for a person, oldest first.",
        discussion: """
            Example:  countersign approvals list --data /var/lib/countersign --json
            """
    )

    @Flag(help: "Also those that ended: since the gateway started, and the last hundred before, the newest first.")
    var all = false

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let entries = try await ApprovalList.fetch(try gateway.access())
        let shown = entries.filter { all || $0.isWaiting }
        let printer = output.printer()
        if output.json {
            for entry in shown { try printer.object(entry.text) }
        } else {
            try table(shown, printer)
        }
        try printer.flush()
    }

    private func table(_ entries: [ApprovalList.Entry], _ printer: Printer) throws {
        var table = TextTable(
            ["APPROVAL", "STATE", "EXPIRES", "MISSING", "TARGET", "ROLE", "STATEMENT"],
            printer: printer
        )
        for entry in entries {
            try table.add([
                .init(text: entry.id.onOneLine, tone: .bold),
                .init(text: entry.state.onOneLine, tone: entry.isWaiting ? .yellow : .plain),
                .init(text: (entry.members.string("expires") ?? "?").onOneLine),
                .init(text: String(entry.members.number("missing") ?? 0)),
                .init(text: entry.target.onOneLine),
                .init(text: entry.role.onOneLine),
                .init(text: entry.statement.onOneLine),
            ])
        }
        try table.flush()
        if entries.isEmpty { Terminal.complain(all ? "no approvals" : "nothing waits for an approval") }
    }
}
