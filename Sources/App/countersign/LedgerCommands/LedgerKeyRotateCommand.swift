internal import AccessModel
internal import ArgumentParser
internal import AuditLog
internal import TransparencyLog

/// `countersign ledger key rotate`
struct LedgerKeyRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Put a new key in the place of the ledger's.",
        discussion: """
            The gateway must be stopped. A record names the new key, the old key signs for it and for a last checkpoint, \
            and the new key signs from the next start on. Checkpoints of the old key stay verifiable. Give the new key to \
            whoever verifies; witnesses accept nothing from a key that they do not know.

            Example:  countersign ledger key rotate --config /etc/countersign/countersign.yaml
            """
    )

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: ArgumentHelp("The lock, where the configuration names another.", valueName: "file"))
    var lock: String?

    func run() throws {
        let ledger = try LedgerFiles(data, lock: lock).open(finishesRotation: true)
        let key: String
        do throws(LedgerError) {
            key = try ledger.rotateKey().text
        } catch {
            throw Failure("\(error); the old key is still in use, and this may be run again")
        }
        let printer = output.printer()
        if output.json {
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("key")
            json.append(key)
            json.appendRaw("}")
            try printer.object(json)
        } else {
            try printer.line(key)
        }
        try printer.flush()
    }
}
