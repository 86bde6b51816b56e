internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign export status`
struct ExportStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how far each destination is.",
        discussion: """
            Beside a running gateway, as it knows it; without one, from the cursors in the data directory.

            Example:  countersign export status --data /var/lib/countersign --json
            """
    )

    @OptionGroup var data: LocalOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let directory = try data.directory()
        let client = AdminClient(directory: directory)
        let exports: [JSONMembers]
        if let answer = try await client.getIfRunning("/exports") {
            guard answer.status == 200, let members = answer.members else { throw client.unexpected }
            exports = members.objects("exports")
        } else {
            exports = try StoredCursors(directory: directory).list()
        }
        let printer = output.printer()
        if output.json {
            for export in exports { try printer.object(export.whole) }
        } else {
            try table(exports, printer)
        }
        try printer.flush()
    }

    private func table(_ exports: [JSONMembers], _ printer: Printer) throws {
        var table = TextTable(["EXPORT", "TO", "STATE", "NEXT", "LAG", "EVENTS", "LAST ERROR"], printer: printer)
        for export in exports {
            let isConnected = export.raw("connected")?.first == 0x74
            let lag = export.number("lag_records") ?? 0
            let seconds = export.number("lag_seconds") ?? 0
            try table.add([
                .init(text: (export.string("name") ?? "?").onOneLine, tone: .bold),
                .init(text: (export.string("to") ?? "-").onOneLine),
                .init(text: isConnected ? "connected" : "not connected", tone: isConnected ? .green : .yellow),
                .init(text: String(export.number("next") ?? 0)),
                .init(text: lag == 0 ? "0" : "\(lag) records, \(seconds) s", tone: lag == 0 ? .plain : .yellow),
                .init(text: export.number("events").map { String($0) } ?? "-"),
                .init(text: (export.string("last_error") ?? "-").onOneLine),
            ])
        }
        try table.flush()
        if exports.isEmpty { Terminal.complain("no destination: see `export:` in the configuration") }
    }
}

extension JSONMembers {
    /// The object as it was written.
    fileprivate var whole: ArraySlice<UInt8> {
        guard let first = members.first, let last = members.last else { return Array("{}".utf8)[...] }
        return [0x7B] + text.bytes[(first.name.lowerBound - 1)..<last.value.upperBound] + [0x7D]
    }
}
