internal import AccessModel
internal import ArgumentParser
internal import Evidence
internal import SearchIndex

/// `countersign ledger prove`
struct LedgerProveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Write a bundle that proves one record, or one session, to somebody who has the log's key.",
        discussion: """
            The bundle holds the record byte for byte, its outcome, its session's beginning, its approval and its policy, \
            the proof, and the signed checkpoint. It is verified with countersign-verify, offline.

            Example:  countersign ledger prove 01JD4Y9Q3K8TZ6V5W2X1R0P7NM > change.countersign
                      countersign-verify change.countersign --key "$(countersign ledger key)"
            """
    )

    @Argument(help: "The id of a record, or of a session.", transform: IdentifierArgument.read)
    var id: IdentifierArgument

    @OptionGroup var evidence: EvidenceOptions
    @OptionGroup var gateway: GatewayOptions

    func run() async throws {
        try evidence.requireFile()
        if let api = try gateway.api() { return try await take(from: RemoteRecord(api: api)) }
        let directory = try gateway.data.directory()
        let source = try AuditSource(directory)
        let (indices, words) = try selection(source)
        try source.requireWhole()
        let bundle = try EvidenceMaker(directory, source, evidence).bundle(of: indices, as: words)
        try evidence.write(try bundle.file(), records: bundle.records.count)
    }

    private func selection(_ source: AuditSource) throws -> ([UInt64], String) {
        if let line = try source.record(id.id), let index = RecordView(line)?.members.number("index") {
            return ([index], "record \(id.id)")
        }
        var indices: [UInt64] = []
        try source.read(AuditFilters.records(of: id.id), order: .oldestFirst, after: nil, limit: 0) { line in
            if let index = RecordView(line)?.members.number("index") { indices.append(index) }
        }
        guard !indices.isEmpty else {
            // What stands behind a damage cannot be known to be missing.
            try source.requireWhole()
            throw Failure("no record and no session is \(id.id): see `countersign audit search`")
        }
        return (indices, "session \(id.id)")
    }

    /// The gateway makes the file, and records who took it.
    private func take(from remote: RemoteRecord) async throws {
        try evidence.refuseOlder()
        let patience = Duration.seconds(evidence.wait)
        if let file = try await remote.bundle(id.id, within: patience) { return try evidence.write(file, records: nil) }
        // No record has this id; a session may.
        var filters = try AuditFilters.parse([])
        filters.session = id
        let file = try await RemoteAudit(remote.api, filters, kinds: "all").evidence(within: patience)
        try evidence.write(file, records: nil)
    }
}
