internal import AccessModel
internal import ArgumentParser
internal import Foundation
internal import SearchIndex

/// `countersign audit tail`
struct AuditTailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Print the last records, and those that come.",
        discussion: """
            A command is printed when its outcome is there, or after a second without one as running: audit show tells \
            how it ended. Without --kind, commands and refused authentications are shown.

            Example:  countersign audit tail -f --target orders-db --decision deny
            """
    )

    @OptionGroup var filters: AuditFilters

    @Flag(name: [.short, .long], help: "Go on with what comes, until Ctrl-C.")
    var follow = false

    @Option(name: [.customShort("n"), .long], help: "So many of the last records first.")
    var lines = 10

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    private static let pause: UInt32 = 200_000

    mutating func validate() throws {
        guard (0...10_000).contains(lines) else { throw ValidationError("--lines is 0 to 10000") }
    }

    func run() throws {
        let source = try AuditSource(try data.directory())
        let query = filters.query(now: SystemClock.now(), kinds: AuditFilters.searched)
        let printer = output.printer()
        var table = RecordTable(printer)
        func show(_ line: [UInt8]) throws {
            guard !output.json, let record = RecordView(line) else { return try printer.object(line) }
            try table.add(record)
        }
        let end = source.end
        var last: [[UInt8]] = []
        if lines > 0 {
            try source.read(query, order: .newestFirst, after: nil, limit: lines) { last.append($0) }
        }
        for line in last.reversed() { try show(line) }
        try table.flush()
        try printer.flush()
        try source.requireWhole()
        guard follow else { return }
        var tail = AuditTail(source: source, query: query, next: end)
        while true {
            try printer.flush()
            usleep(AuditTailCommand.pause)
            for line in try tail.take(at: SystemClock.now()) { try show(line) }
            try table.flush()
            try source.requireWhole()
        }
    }
}
