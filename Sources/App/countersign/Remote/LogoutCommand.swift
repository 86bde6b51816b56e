internal import AccessModel
internal import ArgumentParser

/// `countersign logout`
struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "End the session that `login` got, there and here.",
        discussion: """
            Example:  countersign logout --url https://console.example.com
            """
    )

    @OptionGroup var remote: RemoteOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let gateway = try remote.knownGateway()
        let credentials = try Credentials()
        guard let entry = try credentials.entry(for: gateway) else {
            throw Failure("not logged in to \(gateway)")
        }
        let client = APIClient(gateway: gateway, token: entry.token, authority: remote.authority)
        let answer: Result<GatewayAnswer, any Error>
        do { answer = .success(try await client.post("/logout")) } catch { answer = .failure(error) }
        // Forgotten in any case: a token that is of no use here is no better kept.
        try credentials.set(nil, for: gateway)
        guard case .success(let answer) = answer, answer.status == 303 else {
            throw Failure(
                "forgotten here, but \(gateway) did not end the session, which may live until \(entry.expires)"
            )
        }
        let printer = output.printer()
        if output.json {
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("url")
            json.append(gateway.text)
            json.member("logged_out")
            json.append(entry.person)
            json.appendRaw("}")
            try printer.object(json)
        } else {
            try printer.line("logged out of \(gateway)")
        }
        try printer.flush()
    }
}
