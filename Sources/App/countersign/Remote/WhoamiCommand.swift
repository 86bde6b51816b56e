internal import AccessModel
internal import ArgumentParser

/// `countersign whoami`
struct WhoamiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami",
        abstract: "Show as whom this terminal is logged in to a console.",
        discussion: """
            Exit 1 where it is not, or not any more.

            Example:  countersign whoami --url https://console.example.com --json
            """
    )

    @OptionGroup var remote: RemoteOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let gateway = try remote.knownGateway()
        let client = try remote.client(gateway)
        let answer = try await client.get("/api/v1/me")
        guard answer.status == 200, let members = answer.members, let id = members.string("id") else {
            throw answer.refusal.map { Failure($0) } ?? client.unexpected
        }
        let printer = output.printer()
        if output.json {
            try printer.object(WhoamiCommand.json(members, gateway))
        } else {
            try printer.members(
                [
                    ("console", gateway.text), ("person", id), ("name", members.string("name") ?? ""),
                    ("groups", members.strings("groups").joined(separator: ", ")),
                    ("capabilities", members.strings("capabilities").joined(separator: ", ")),
                    ("proved", members.string("authenticated") ?? ""),
                    ("may approve", members.raw("fresh")?.first == 0x74 ? "yes" : "after another `countersign login`"),
                ].map { ($0.0, $0.1.onOneLine) }
            )
        }
        try printer.flush()
    }

    /// What the gateway says, without what forms carry.
    private static func json(_ members: JSONMembers, _ gateway: GatewayURL) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("url")
        json.append(gateway.text)
        for name in ["id", "name", "groups", "capabilities", "authenticated", "fresh"] as [StaticString] {
            guard let value = members.raw(name) else { continue }
            json.member(name)
            json.appendRaw(Array(value))
        }
        json.appendRaw("}")
        return json
    }
}
