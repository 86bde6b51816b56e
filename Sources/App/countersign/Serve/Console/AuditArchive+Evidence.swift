internal import AccessModel
internal import AuditLog
internal import Console
internal import Crypto
internal import Evidence
internal import SearchIndex
internal import Synchronization
internal import TransparencyLog

extension AuditArchive {
    /// Records that match, of which one file is made: it is held in memory. The command line on the gateway's machine takes
    /// more.
    private static let mostTaken = 10_000
    private static let page = 200
    /// How long what matches is looked for.
    private static let patience = Duration.seconds(20)

    /// What a file is made of, and what it is called.
    private struct Request: Sendable {
        var asked: [UInt64]
        var companions: Set<UInt64>
        var policies: [UInt64]
        /// For the file.
        var words: String
        var name: String
    }

    /// The bundle of one record.
    func bundle(
        _ id: ULID,
        _ person: SignedInPerson,
        _ record: @escaping @Sendable (RecordDraft) -> Bool
    ) async throws(ReadRefusal) -> AuditPorts.EvidenceFile? {
        guard let index = try await ask({ try $0.record(id)?.index }) else { return nil }
        let request = try await request(for: [index], "record \(id)", name: "\(id)")
        return try await file(request) {
            PersonAct.evidenceTaken(by: person, .record(id), records: $0, digest: $1)
        } record: {
            record($0)
        }
    }

    /// The bundle of everything that matches.
    func evidence(
        _ query: AuditQuery,
        _ words: String,
        _ person: SignedInPerson,
        _ record: @escaping @Sendable (RecordDraft) -> Bool
    ) async throws(ReadRefusal) -> AuditPorts.EvidenceFile? {
        let asked = try await matches(query)
        guard let first = asked.first, let last = asked.last else { return nil }
        let request = try await request(for: asked, words, name: "records-\(first)-\(last)")
        return try await file(request) {
            PersonAct.evidenceTaken(by: person, .filters(words), records: $0, digest: $1)
        } record: {
            record($0)
        }
    }

    private func matches(_ query: AuditQuery) async throws(ReadRefusal) -> [UInt64] {
        let deadline = ContinuousClock.now + AuditArchive.patience
        var (indices, after): ([UInt64], UInt64?) = ([], nil)
        while true {
            let (start, found) = (after, indices.count)
            let page = try await ask {
                try $0.search(query, order: .oldestFirst, after: start, limit: AuditArchive.page)
            }
            indices += page.lines.compactMap { JSONMembers($0)?.number("index") }
            guard indices.count == found + page.lines.count else { throw AuditArchive.unprovable }
            guard indices.count <= AuditArchive.mostTaken else {
                throw .invalid(
                    "more than \(AuditArchive.mostTaken) records match: narrow what you ask for, or have `countersign evidence`"
                        + " run on the gateway's machine"
                )
            }
            guard let next = page.next else { return indices }
            guard ContinuousClock.now < deadline else { throw .tooSlow }
            after = next
        }
    }

    private func request(for asked: [UInt64], _ words: String, name: String) async throws(ReadRefusal) -> Request {
        try await ask { view in
            Request(
                asked: asked,
                companions: try view.companions(of: asked),
                policies: try view.policyLoads(),
                words: words,
                name: "\(name).countersign"
            )
        }
    }

    /// One at a time: each holds its texts in memory. It is given away when the record of it is taken.
    private func file(
        _ request: Request,
        act: @escaping @Sendable (_ records: Int, SHA256Digest) -> RecordDraft,
        record: @escaping @Sendable (RecordDraft) -> Bool
    ) async throws(ReadRefusal) -> AuditPorts.EvidenceFile {
        try await run { () throws(ReadRefusal) in
            guard !self.isBundling.exchange(true, ordering: .acquiring) else { throw .busy }
            defer { self.isBundling.store(false, ordering: .releasing) }
            let last = request.companions.union(request.asked).max() ?? 0
            let (note, _) = try self.checkpoint(covering: last)
            let file: [UInt8]
            let count: Int
            do {
                let bundle = try self.bundle(request, note)
                (file, count) = (try bundle.file(), bundle.records.count)
            } catch let shortage as EvidenceShortage {
                throw .invalid("\(shortage)")
            } catch {
                throw AuditArchive.unprovable
            }
            guard record(act(count, SHA256.hash(data: file))) else {
                throw .unavailable("not given: the ledger does not take the record of it")
            }
            return AuditPorts.EvidenceFile(name: request.name, bytes: file)
        }
    }

    private func bundle(_ request: Request, _ note: [UInt8]) throws -> EvidenceBundle {
        let (tiles, reader) = (tiles, reader)
        let sources = EvidenceSources(
            tile: { try tiles.bytes($0) },
            blob: { try reader.blob($0) },
            policy: { try reader.blob($0) }
        )
        let collector = try EvidenceCollector(checkpoint: note, sources: sources)
        let size = collector.checkpoint.size
        let indices = try collector.selection(
            of: request.asked,
            companions: request.companions.filter { $0 < size },
            policyLoads: request.policies.filter { $0 < size }
        )
        let origin = EvidenceOrigin(
            asked: request.words,
            made: "\(SystemClock.now())",
            maker: "countersign \(Version.current)"
        )
        return try collector.bundle(of: indices, origin: origin)
    }
}
