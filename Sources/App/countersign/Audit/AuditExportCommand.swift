internal import AccessModel
internal import ArgumentParser
internal import AuditExport
internal import SearchIndex

/// `countersign audit export`
struct AuditExportCommand: AsyncParsableCommand {
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

    @OptionGroup var gateway: GatewayOptions

    mutating func validate() throws {
        guard format != .jsonl || statements != .digest else {
            throw ValidationError("jsonl is the records themselves, whose texts are whole: leave --statements out")
        }
    }

    func run() async throws {
        if let api = try gateway.api() {
            guard format == .jsonl else {
                throw Failure(
                    "through a console records are exported as jsonl alone: leave --format out, or run this on the gateway's"
                        + " machine with --data DIR"
                )
            }
            let audit = RemoteAudit(api, filters, kinds: "all")
            return try await export { try await write(audit, to: $0) }
        }
        let source = try AuditSource(try gateway.data.directory())
        let query = filters.query(now: SystemClock.now(), kinds: nil)
        try await export { output in
            let count = try write(query, from: source, to: output)
            if out == nil { try output.flush() }
            try source.requireWhole()
            return count
        }
    }

    /// Where it was asked for: a file has its name when it is whole.
    private func export(_ body: (Output) async throws -> Int) async throws {
        guard let out else {
            let output = Output.standard()
            _ = try await body(output)
            return try output.flush()
        }
        let file = try ExportFile(path: out)
        do {
            let count = try await body(file.output)
            try file.commit()
            Terminal.complain("\(out): \(count) record\(count == 1 ? "" : "s")")
        } catch {
            file.discard()
            throw error
        }
    }

    /// - Returns: how many records were written.
    private func write(_ audit: RemoteAudit, to output: Output) async throws -> Int {
        let progress = ProgressLine()
        defer { progress.clear() }
        let end = try await audit.size()
        var count = 0
        let behind = try await audit.read(order: .oldestFirst, after: nil, limit: 0) { line in
            guard let index = RecordView(line)?.members.number("index") else { throw audit.api.unexpected }
            guard index < end else { return false }
            try output.line(line)
            count += 1
            progress.show("exported \(count) records")
            return true
        }
        guard behind == 0 else {
            throw Failure("the gateway's search index lacks \(behind) records: try again in a moment")
        }
        return count
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
