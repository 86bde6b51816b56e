internal import AccessModel
internal import ArgumentParser
internal import TransparencyLog

/// `countersign ledger key show`
struct LedgerKeyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the verifier keys of all times, the one in use last.",
        discussion: """
            Example:  countersign ledger key show --json --data /var/lib/countersign
            """
    )

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let keys = try LedgerFiles(data, lock: nil).keys()
        let printer = output.printer()
        for (position, key) in keys.enumerated() {
            if output.json {
                var json = JSONBytes()
                json.appendRaw("{")
                json.member("key")
                json.append(key.text)
                json.member("in_use")
                json.append(position == keys.count - 1)
                json.appendRaw("}")
                try printer.object(json)
            } else {
                try printer.line(key.text)
            }
        }
        try printer.flush()
    }
}
