internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign audit show`
struct AuditShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one record with all that it holds, or a whole session.",
        discussion: """
            Example:  countersign audit show 01JD4Y9Q3K8TZ6V5W2X1R0P7NM
            """
    )

    @Argument(help: "The id of a record, or of a session.")
    var id: IdentifierArgument

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let source = try AuditSource(try data.directory())
        let printer = output.printer()
        if let line = try source.record(id.id) {
            try AuditShowCommand.show(line, of: source, printer)
        } else if try !SessionHistory.print(id.id, of: source, to: printer) {
            throw Failure("no record and no session is \(id.id): see `countersign audit search`")
        }
        try printer.flush()
        try source.requireWhole()
    }

    private static func show(_ line: [UInt8], of source: AuditSource, _ printer: Printer) throws {
        guard !printer.json, let record = RecordView(line) else { return try printer.object(line) }
        try RecordBlock(record).print(to: printer, text: try source.longText(of: record))
    }
}
