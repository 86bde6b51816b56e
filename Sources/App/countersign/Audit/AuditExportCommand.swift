internal import AccessModel
internal import ArgumentParser
internal import AuditExport
internal import SearchIndex

/// `countersign audit export`
struct AuditExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all records that match, the oldest first.",
        discussion: """
            The export ends with the record that was the last one when it began. A file is renamed to its name when it \
            is whole and on disk; only its owner may read it.

            An event a line. cef and syslog leave the text of statements out unless --statements full is given. \
            Nothing is cut here.

            Example:  countersign audit export --since 30d --format ocsf --out month.jsonl
            """
    )

    @OptionGroup var filters: AuditFilters

    @Option(name: .long, help: "jsonl (the joined records), ocsf, cef, csv or syslog (RFC 5424).")
    var format = ExportFormat.jsonl

    @Option(name: .long, help: "full or digest: whether the text of statements is written. jsonl is always full.")
    var statements: ExportTerms.Statements?

    @Option(name: .long, help: ArgumentHelp("The file; standard output by default.", valueName: "file"))
    var out: String?

    @OptionGroup var data: DataOptions

    mutating func validate() throws {
        guard format != .jsonl || statements != .digest else {
            throw ValidationError("jsonl is the records themselves, whose texts are whole: leave --statements out")
        }
    }

    func run() throws {
        let source = try AuditSource(try data.directory())
        let query = filters.query(now: SystemClock.now(), kinds: nil)
        guard let out else {
            let output = Output.standard()
            _ = try write(query, from: source, to: output)
            try output.flush()
            return try source.requireWhole()
        }
        let file = try ExportFile(path: out)
        do {
            let count = try write(query, from: source, to: file.output)
            try source.requireWhole()
            try file.commit()
            Terminal.complain("\(out): \(count) record\(count == 1 ? "" : "s")")
        } catch {
            file.discard()
            throw error
        }
    }

    /// - Returns: how many records were written.
    private func write(_ query: AuditQuery, from source: AuditSource, to output: Output) throws -> Int {
        let progress = ProgressLine()
        defer { progress.clear() }
        var count = 0
        let encoder = EventEncoder(format, ExportTerms.here(statements: statements ?? format.usualStatements))
        if let heading = encoder.heading { try output.line(heading) }
        try source.readRecords(query) { joined, record in
            if format == .jsonl {
                try output.line(joined)
            } else {
                guard let event = AuditEvent(joined: joined, record: record) else {
                    throw Failure("a record is not what was written: see `countersign ledger verify`")
                }
                try output.line(encoder.encode(event))
            }
            count += 1
            progress.show("exported \(count) records")
        }
        return count
    }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportTerms.Statements: ExpressibleByArgument {}
