internal import ArgumentParser
internal import SearchIndex

/// `countersign audit export`
struct AuditExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case jsonl
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all records that match, the oldest first.",
        discussion: """
            The export ends with the record that was the last one when it began. A file is renamed to its name when it \
            is whole and on disk; only its owner may read it.

            Example:  countersign audit export --since 30d --out month.jsonl
            """
    )

    @OptionGroup var filters: AuditFilters

    @Option(name: .long, help: "One JSON object a line.")
    var format = Format.jsonl

    @Option(name: .long, help: ArgumentHelp("The file; standard output by default.", valueName: "file"))
    var out: String?

    @OptionGroup var data: DataOptions

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
        try source.read(query, order: .oldestFirst, after: nil, limit: 0) { line in
            try output.line(line)
            count += 1
            progress.show("exported \(count) records")
        }
        return count
    }
}
