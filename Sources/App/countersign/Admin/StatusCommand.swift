internal import AccessModel
internal import ArgumentParser

/// `countersign status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the running gateway at a glance.",
        discussion: """
            Exit 1 when no gateway runs on the data directory.

            Example:  countersign status --data /var/lib/countersign
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = AdminClient(directory: try data.directory())
        let answer = try await client.get("/status")
        guard answer.status == 200, let members = answer.members else { throw client.unexpected }
        let printer = output.printer()
        if output.json {
            try printer.object(answer.body)
        } else {
            try printer.members([
                ("version", members.string("version") ?? ""),
                ("origin", members.string("origin") ?? ""),
                ("policy", members.string("policy") ?? ""),
                ("started", members.string("started") ?? ""),
                ("sessions", members.number("sessions").map { String($0) } ?? ""),
                ("records", members.number("records").map { String($0) } ?? ""),
                ("readiness", StatusCommand.readiness(members, printer.style)),
            ])
        }
        try printer.flush()
    }

    private static func readiness(_ members: JSONMembers, _ style: TextStyle) -> String {
        guard let readiness = members.object("readiness"), let status = readiness.string("status") else { return "" }
        let reasons = readiness.objects("reasons").map { reason in
            "\(reason.string("part") ?? "?"): \(reason.string("reason") ?? "?")"
        }
        return style.paint(status, status == "ready" ? .green : .red)
            + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))")
    }
}
