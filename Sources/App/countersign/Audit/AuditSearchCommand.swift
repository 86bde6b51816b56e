internal import AccessModel
internal import ArgumentParser
internal import SearchIndex

/// `countersign audit search`
struct AuditSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Print the records that match, the newest first.",
        discussion: """
            Filters narrow together. Without --kind, commands and refused authentications are searched. With --json, a \
            command is joined with its session and its outcome.

            Example:  countersign audit search --commit 69a2c3d4e5f6 --json
            Example:  countersign audit search --object public.orders --since 7d
            """
    )

    @OptionGroup var filters: AuditFilters

    @Option(name: .long, help: "At most so many records; 0 is no limit.")
    var limit = 100

    @Option(name: .long, help: ArgumentHelp("Go on after the record with this index.", valueName: "index"))
    var after: UInt64?

    @Flag(name: .long, help: "The oldest first.")
    var oldestFirst = false

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit is 0 or more") }
    }

    func run() async throws {
        let printer = output.printer()
        var table = RecordTable(printer)
        var count = 0
        func tell(_ line: [UInt8]) throws {
            count += 1
            if output.json {
                try printer.object(line)
            } else if let record = RecordView(line) {
                try table.add(record)
            }
        }
        let order: AuditOrder = oldestFirst ? .oldestFirst : .newestFirst
        if let api = try gateway.api() {
            let audit = RemoteAudit(api, filters, kinds: nil)
            let behind = try await audit.read(order: order, after: after, limit: limit) {
                try tell($0)
                return true
            }
            try finish(&table, printer, count)
            return RemoteAudit.tell(behind: behind)
        }
        let source = try AuditSource(try gateway.data.directory())
        let query = filters.query(now: SystemClock.now(), kinds: AuditFilters.searched)
        try source.read(query, order: order, after: after, limit: limit, tell)
        try finish(&table, printer, count, requiring: source)
    }

    private func finish(
        _ table: inout RecordTable,
        _ printer: Printer,
        _ count: Int,
        requiring source: AuditSource? = nil
    ) throws {
        if !output.json { try table.flush() }
        try printer.flush()
        try source?.requireWhole()
        guard !output.json else { return }
        if count == 0 { Terminal.complain("no record matches") }
        if limit > 0, count == limit {
            Terminal.complain("\(count) record\(count == 1 ? "" : "s"); --limit 0 prints all that match")
        }
    }
}
