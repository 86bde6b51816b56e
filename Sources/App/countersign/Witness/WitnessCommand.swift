internal import ArgumentParser

/// `countersign ledger witness`
struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Run as a witness of other gateways' ledgers, or look at what one keeps.",
        discussion: """
            A witness cosigns a ledger's checkpoint only where it extends the last one that it cosigned: whoever rewrites a \
            ledger, with its key even, does not get the cosignature. Run it where the gateway's administrators have no rights.

            Example:  countersign ledger witness --data /var/lib/witness --name witness.example.com/w1 \
            --listen 127.0.0.1:7490 --log 'countersign.example.com/prod+d365f244+AQOh…'
            """,
        subcommands: [WitnessRunCommand.self, WitnessKeyCommand.self, WitnessForksCommand.self],
        defaultSubcommand: WitnessRunCommand.self
    )
}
