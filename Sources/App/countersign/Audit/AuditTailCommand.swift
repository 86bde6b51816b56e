internal import AccessModel
internal import ArgumentParser
internal import Foundation
internal import SearchIndex

/// `countersign audit tail`
struct AuditTailCommand: AsyncParsableCommand {
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

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    private static let pause: UInt32 = 200_000
    /// A gateway elsewhere answers a person twenty times a second at most, whatever else they do.
    private static let remotePause = Duration.seconds(1)

    mutating func validate() throws {
        guard (0...10_000).contains(lines) else { throw ValidationError("--lines is 0 to 10000") }
    }

    func run() async throws {
        let printer = output.printer()
        var table = RecordTable(printer)
        func show(_ records: [[UInt8]]) throws {
            for line in records {
                if !output.json, let record = RecordView(line) {
                    try table.add(record)
                } else {
                    try printer.object(line)
                }
            }
            try table.flush()
            try printer.flush()
        }
        if let api = try gateway.api() { return try await tail(RemoteAudit(api, filters, kinds: nil), show) }
        let source = try AuditSource(try gateway.data.directory())
        let query = filters.query(now: SystemClock.now(), kinds: AuditFilters.searched)
        let end = source.end
        var last: [[UInt8]] = []
        if lines > 0 {
            try source.read(query, order: .newestFirst, after: nil, limit: lines) { last.append($0) }
        }
        try show(last.reversed())
        try source.requireWhole()
        guard follow else { return }
        var tail = AuditTail(source: source, query: query, next: end)
        while true {
            usleep(AuditTailCommand.pause)
            try show(try tail.take(at: SystemClock.now()))
            try source.requireWhole()
        }
    }

    private func tail(_ audit: RemoteAudit, _ show: ([[UInt8]]) throws -> Void) async throws {
        // What comes between this and the search is found by the search, or is no part of the last records.
        let size = try await audit.size()
        var last: [[UInt8]] = []
        if lines > 0 {
            _ = try await audit.read(order: .newestFirst, after: nil, limit: lines) {
                last.append($0)
                return true
            }
        }
        try show(last.reversed())
        guard follow else { return }
        let newest = last.first.flatMap { RecordView($0)?.members.number("index") }
        var tail = RemoteTail(audit: audit, next: max(size, newest.map { $0 &+ 1 } ?? 0))
        while true {
            try await Task.sleep(for: AuditTailCommand.remotePause)
            try show(try await tail.take(at: SystemClock.now()))
        }
    }
}
