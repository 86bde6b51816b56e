internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign ledger erase`
struct LedgerEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase a text or a recording that is kept beside the records.",
        discussion: """
            The gateway must be stopped. Records name what is too long for them by its SHA-256; that file can be erased \
            and its hash stays, so that every proof holds. The erasure is a record itself. Nothing in the records can be \
            erased: their hashes are signed.

            Example:  countersign ledger erase 5d41…c592 --reason "request 4711" --data /var/lib/countersign
            """
    )

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: ArgumentHelp("The lock, where the configuration names another.", valueName: "file"))
    var lock: String?
    @Option(name: .long, help: "Why; it stands in the record.")
    var reason: String
    @Argument(help: "The SHA-256 that the record names, 64 hexadecimal digits.")
    var blob: String

    func run() throws {
        let ledger = try LedgerFiles(data, lock: lock).open()
        defer { ledger.close() }
        let erased: Ledger.Erasure?
        do throws(LedgerError) {
            erased = try ledger.eraseBlob(blob, reason: String(reason.prefix(1024)), rule: nil)
        } catch {
            throw Failure("\(error)")
        }
        guard let erased else { throw Failure("there is no blob \(blob), or it was named within the last hour") }
        let printer = output.printer()
        if output.json {
            try printer.object(Array("{\"erased\":\"\(blob)\",\"record\":\(erased.record.index)}".utf8))
        } else {
            try printer.line("erased: record \(erased.record.index) says so")
        }
        try printer.flush()
    }
}
