internal import AccessModel
internal import ArgumentParser

/// `countersign status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the running gateway at a glance.",
        discussion: """
            Exit 1 when no gateway runs on the data directory, or none answers at the address.

            Example:  countersign status --data /var/lib/countersign
            """
    )

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try gateway.access()
        let answer = try await client.status()
        guard answer.status == 200, let members = answer.members else {
            throw answer.refusal.map { Failure($0) } ?? client.unexpected
        }
        let printer = output.printer()
        if output.json {
            try printer.object(answer.body)
        } else {
            try printer.members([
                ("version", members.string("version") ?? ""),
                ("origin", members.string("origin") ?? ""),
                ("policy", members.string("policy") ?? ""),
                ("started", members.string("started") ?? ""),
                (
                    "sessions",
                    StatusCommand.number(members.number("sessions") ?? members.object("sessions")?.number("live"))
                ),
                (
                    "records",
                    StatusCommand.number(members.number("records") ?? members.object("ledger")?.number("records"))
                ),
                ("readiness", StatusCommand.readiness(members, printer.style)),
            ])
        }
        try printer.flush()
    }

    /// The API tells more of sessions and of the ledger than the admin socket, and so in objects.
    private static func number(_ number: UInt64?) -> String { number.map { String($0) } ?? "" }

    private static func readiness(_ members: JSONMembers, _ style: TextStyle) -> String {
        guard let readiness = members.object("readiness"), let status = readiness.string("status") else { return "" }
        let reasons = readiness.objects("reasons").map { reason in
            "\(reason.string("part") ?? "?"): \(reason.string("reason") ?? "?")"
        }
        return style.paint(status, status == "ready" ? .green : .red)
            + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))")
    }
}
