internal import AccessModel

/// Records as a table, one a row.
struct RecordTable {
    private var table: TextTable

    init(_ printer: Printer) {
        table = TextTable(["TIME", "RECORD", "WHO", "TARGET", "RESULT", "WHAT"], printer: printer)
    }

    mutating func add(_ record: RecordView) throws {
        let result = record.result
        let what = record.kind == "command" ? record.what : "[\(record.kind)] \(record.what)"
        try table.add([
            .init(text: record.time.onOneLine, tone: .dim),
            .init(text: record.id.onOneLine),
            .init(text: RecordTable.cut(record.who)),
            .init(text: RecordTable.cut(record.target)),
            .init(text: result.words.onOneLine, tone: result.tone),
            .init(text: what.onOneLine),
        ])
    }

    mutating func flush() throws {
        try table.flush()
    }

    /// A name that is very long would push everything else off the screen; `audit show` and `--json` have it whole.
    private static func cut(_ text: String) -> String {
        let line = text.onOneLine
        return line.count <= 48 ? line : line.prefix(47) + "…"
    }
}
