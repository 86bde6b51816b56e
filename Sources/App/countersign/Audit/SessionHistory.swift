internal import AccessModel
internal import SearchIndex

/// A session as the ledger has it: how it began, its commands, how it ended.
struct SessionHistory {
    let source: AuditSource
    let session: ULID

    /// False where the ledger has no record of it.
    func print(to printer: Printer) throws -> Bool {
        var found = false
        var table = RecordTable(printer)
        var hasRows = false
        try source.read(AuditFilters.records(of: session), order: .oldestFirst, after: nil, limit: 0) { line in
            found = true
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
        if !printer.json { try table.flush() }
        return found
    }
}
