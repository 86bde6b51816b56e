internal import AccessModel
internal import ArgumentParser
internal import TransparencyLog

/// `countersign ledger witness key`
struct WitnessKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Print a witness's verifier key, for the configuration of the gateways that it witnesses."
    )

    @Option(name: .long, help: ArgumentHelp("The witness's data directory.", valueName: "dir"))
    var data: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let key = try WitnessHome.verifierKey(in: data)
        let printer = output.printer()
        if output.json {
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("key")
            json.append(key.text)
            json.appendRaw("}")
            try printer.object(json)
        } else {
            try printer.line(key.text)
        }
        try printer.flush()
    }
}
