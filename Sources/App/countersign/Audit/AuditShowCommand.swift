internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign audit show`
struct AuditShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one record with all that it holds, or a whole session.",
        discussion: """
            Example:  countersign audit show 01JD4Y9Q3K8TZ6V5W2X1R0P7NM
            """
    )

    @Argument(help: "The id of a record, or of a session.", transform: IdentifierArgument.read)
    var id: IdentifierArgument

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let printer = output.printer()
        if let api = try gateway.api() {
            try await show(RemoteRecord(api: api), printer)
            return try printer.flush()
        }
        let source = try AuditSource(try gateway.data.directory())
        if let line = try source.record(id.id) {
            try AuditShowCommand.show(line, printer) { try source.longText(of: $0) }
        } else if try !SessionHistory.print(id.id, of: source, to: printer) {
            // What stands behind a damage cannot be known to be missing.
            try source.requireWhole()
            throw unknown
        }
        try printer.flush()
        try source.requireWhole()
    }

    private func show(_ remote: RemoteRecord, _ printer: Printer) async throws {
        if let (line, text) = try await remote.record(id.id) {
            try AuditShowCommand.show(line, printer) { _ in text }
        } else if try await remote.printSession(id.id, to: printer) == nil {
            throw unknown
        }
    }

    private var unknown: Failure { Failure("no record and no session is \(id.id): see `countersign audit search`") }

    private static func show(_ line: [UInt8], _ printer: Printer, text: (RecordView) throws -> String?) throws {
        guard !printer.json, let record = RecordView(line) else { return try printer.object(line) }
        try RecordBlock(record).print(to: printer, text: try text(record))
    }
}
