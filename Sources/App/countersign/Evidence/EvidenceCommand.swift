internal import AccessModel
internal import ArgumentParser
internal import Evidence
internal import SearchIndex

/// `countersign evidence`
struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Write a bundle of all records that match, for somebody who verifies it alone.",
        discussion: """
            The bundle is one file: the records with their outcomes, sessions, approvals and policies, the proof that they \
            stand in the log, the signed checkpoint with its cosignatures, and a page that shows them. Whoever has the \
            log's public key (countersign ledger key) verifies it with countersign-verify, offline.

            Works on the files, beside a running gateway or without one.

            Example:  countersign evidence --commit 69a2c3d4e5f6 > change.countersign
            Example:  countersign evidence --since 2026-11-01 --until 2026-11-30 --against october.checkpoint \
            --out november.countersign
            """
    )

    @OptionGroup var filters: AuditFilters
    @OptionGroup var evidence: EvidenceOptions
    @OptionGroup var data: LocalOptions

    func run() throws {
        try evidence.requireFile()
        let directory = try data.directory()
        let source = try AuditSource(directory)
        var indices: [UInt64] = []
        let query = filters.query(now: SystemClock.now(), kinds: nil)
        try source.read(query, order: .oldestFirst, after: nil, limit: EvidenceBundle.mostRecords + 1) { line in
            if let index = RecordView(line)?.members.number("index") { indices.append(index) }
        }
        try source.requireWhole()
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
