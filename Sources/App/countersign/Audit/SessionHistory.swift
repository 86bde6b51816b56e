internal import AccessModel
internal import SearchIndex

/// A session as the ledger has it: how it began, its commands, how it ended. Its records are given in order.
struct SessionHistory {
    private let printer: Printer
    private var table: RecordTable
    private var hasRows = false
    /// Whether there was any record of it.
    private(set) var isFound = false

    init(_ printer: Printer) {
        self.printer = printer
        table = RecordTable(printer)
    }

    /// All of it, from a ledger on this machine. False where the ledger has no record of it.
    static func print(_ session: ULID, of source: AuditSource, to printer: Printer) throws -> Bool {
        var history = SessionHistory(printer)
        try source.read(AuditFilters.records(of: session), order: .oldestFirst, after: nil, limit: 0) { line in
            try history.add(line)
        }
        try history.finish()
        return history.isFound
    }

    mutating func add(_ line: [UInt8]) throws {
        isFound = true
        guard !printer.json, let record = RecordView(line) else { return try printer.object(line) }
        guard record.kind == "session.opened" || record.kind == "session.closed" else {
            hasRows = true
            return try table.add(record)
        }
        try table.flush()
        if hasRows { try printer.line() }
        // The end repeats who it was, which its beginning has told.
        let block =
            record.kind == "session.closed" ? RecordBlock(record, only: ["time", "close"]) : RecordBlock(record)
        try block.print(to: printer, text: nil)
        if record.kind == "session.opened" { try printer.line() }
    }

    mutating func finish() throws {
        if !printer.json { try table.flush() }
    }
}
