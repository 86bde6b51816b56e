internal import AccessModel
internal import ArgumentParser

/// `countersign login`
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Log in to a console from this terminal.",
        discussion: """
            A browser on this machine opens the console, where you log in and agree; the session that this terminal gets \
            is kept in ~/.config/countersign/credentials.json, for your eyes only, until it is over. Commands with --url \
            or COUNTERSIGN_URL then act as you.

            Example:  countersign login --url https://console.example.com
            """
    )

    @Flag(help: "Start no browser: print the address alone.")
    var noBrowser = false

    @Option(help: ArgumentHelp("How long to wait for the browser.", valueName: "seconds"))
    var wait: UInt16 = 600

    @OptionGroup var remote: RemoteOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let gateway = try remote.gateway()
        let credentials = try Credentials()
        let key = ProofKey()
        let listener = try await LoopbackListener.start(state: key.state)
        let address =
            "\(gateway)/login/cli?port=\(listener.port)&challenge=\(key.challenge)&state=\(key.state)"
        Terminal.complain(
            "Log in with a browser on this machine, which must show the code \(key.shownCode):\n\(address)"
        )
        if !noBrowser { WebBrowser.open(address) }
        let outcome = await listener.outcome(within: .seconds(wait))
        await listener.stop()
        let code = try LoginCommand.code(outcome)
        let entry = try await exchange(code, key, gateway)
        try credentials.set(entry, for: gateway)
        try tell(entry, gateway)
    }

    private static func code(_ outcome: LoginCallback.Outcome?) throws -> String {
        switch outcome {
        case .code(let code): return code
        case .refused: throw Failure("the login was declined in the browser")
        case nil: throw Failure("no login came from the browser in time: run `countersign login` again")
        }
    }

    private func exchange(_ code: String, _ key: ProofKey, _ gateway: GatewayURL) async throws -> Credentials.Entry {
        let client = APIClient(gateway: gateway, token: nil, authority: remote.authority)
        let answer = try await client.post("/login/cli/token", form: [("code", code), ("verifier", key.verifier)])
        guard answer.status == 200 else { throw answer.refusal.map { Failure($0) } ?? client.unexpected }
        guard let members = answer.members, let token = members.string("token"),
            let person = members.string("person"), let expires = members.string("expires")
        else { throw client.unexpected }
        return Credentials.Entry(token: token, person: person, expires: expires)
    }

    private func tell(_ entry: Credentials.Entry, _ gateway: GatewayURL) throws {
        let printer = output.printer()
        if output.json {
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("url")
            json.append(gateway.text)
            json.member("person")
            json.append(entry.person)
            json.member("expires")
            json.append(entry.expires)
            json.appendRaw("}")
            try printer.object(json)
        } else {
            try printer.line("logged in to \(gateway) as \(entry.person.onOneLine) until \(entry.expires.onOneLine)")
        }
        try printer.flush()
    }
}
