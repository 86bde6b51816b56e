internal import AccessModel
internal import ArgumentParser
internal import Evidence
internal import SearchIndex

/// `countersign evidence`
struct EvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Write a bundle of all records that match, for somebody who verifies it alone.",
        discussion: """
            The bundle is one file: the records with their outcomes, sessions, approvals and policies, the proof that they \
            stand in the log, the signed checkpoint with its cosignatures, and a page that shows them. Whoever has the \
            log's public key (countersign ledger key) verifies it with countersign-verify, offline.

            Works on the files, beside a running gateway or without one; with --url, or COUNTERSIGN_URL, through a console, \
            where a file has 10,000 records that match at most, and taking it is recorded.

            Example:  countersign evidence --commit 69a2c3d4e5f6 > change.countersign
            Example:  countersign evidence --since 2026-11-01 --until 2026-11-30 --against october.checkpoint \
            --out november.countersign
            """
    )

    @OptionGroup var filters: AuditFilters
    @OptionGroup var evidence: EvidenceOptions
    @OptionGroup var gateway: GatewayOptions

    func run() async throws {
        try evidence.requireFile()
        if let api = try gateway.api() {
            try evidence.refuseOlder()
            let file = try await RemoteAudit(api, filters, kinds: "all").evidence(within: .seconds(evidence.wait))
            return try evidence.write(file, records: nil)
        }
        let directory = try gateway.data.directory()
        let source = try AuditSource(directory)
        var indices: [UInt64] = []
        let query = filters.query(now: SystemClock.now(), kinds: nil)
        try source.read(query, order: .oldestFirst, after: nil, limit: EvidenceBundle.mostRecords + 1) { line in
            if let index = RecordView(line)?.members.number("index") { indices.append(index) }
        }
        try source.requireWhole()
        guard indices.count <= EvidenceBundle.mostRecords else {
            throw Failure(
                "more than \(EvidenceBundle.mostRecords) records match: ask for less, as by --since and --until"
            )
        }
        let maker = EvidenceMaker(directory, source, evidence)
        let bundle = try maker.bundle(of: indices, as: filters.words)
        try evidence.write(try bundle.file(), records: bundle.records.count)
    }
}

extension AuditFilters {
    /// What was asked for, as on the command line.
    fileprivate var words: String {
        let pairs: [(String, String?)] = [
            ("principal", principal), ("role", role), ("owner", owner), ("pipeline", pipeline), ("run", run),
            ("commit", commit), ("repository", repository), ("triggered-by", triggeredBy), ("target", target),
            ("object", object), ("action", action?.action.rawValue), ("decision", decision?.outcome.rawValue),
            ("session", session?.id.description), ("since", since.map { "\($0.beginning(now: SystemClock.now()))" }),
            ("until", until.map { "\($0.end(now: SystemClock.now()))" }), ("text", text),
            ("kind", kind?.kinds.map { $0.map(\.rawValue).sorted().joined(separator: ",") }),
        ]
        let given = pairs.compactMap { name, value in value.map { "\(name) \($0)" } }
        return given.isEmpty ? "the whole log" : given.joined(separator: ", ")
    }
}
