internal import AccessModel
internal import AuditLog
internal import Evidence
internal import Foundation
internal import TransparencyLog

/// Makes a bundle out of a data directory, beside a running gateway or without one.
struct EvidenceMaker {
    let directory: DataDirectory
    let source: AuditSource
    let options: EvidenceOptions

    private static let pause: UInt32 = 100_000

    init(_ directory: DataDirectory, _ source: AuditSource, _ options: EvidenceOptions) {
        self.directory = directory
        self.source = source
        self.options = options
    }

    /// The bundle of these records and of those that complete them.
    func bundle(of asked: [UInt64], as words: String) throws -> EvidenceBundle {
        let companions = try source.companions(of: asked)
        guard let last = companions.union(asked).max() else {
            throw Failure("no record matches: see `countersign audit search`")
        }
        let tiles = LedgerTiles(directory: try directory.existingLedger())
        let note = try checkpoint(covering: last, of: tiles)
        let reader = try directory.reader()
        let sources = EvidenceSources(
            tile: { try tiles.bytes($0) },
            blob: { try reader.blob($0) },
            policy: { try reader.blob($0) }
        )
        do {
            // What the ledger's own keys have not signed would convince nobody.
            _ = try SignedCheckpoint(note, logs: try LedgerKeys.verifierKeys(directory: try directory.existingLedger()))
            let collector = try EvidenceCollector(checkpoint: note, sources: sources)
            let indices = try collector.selection(
                of: asked,
                companions: companions,
                policyLoads: try source.policyLoads().filter { $0 < collector.checkpoint.size }
            )
            let origin = EvidenceOrigin(
                asked: words,
                made: "\(SystemClock.now())",
                maker: "countersign \(Version.current)"
            )
            return try collector.bundle(of: indices, older: try older(collector.checkpoint), origin: origin)
        } catch let error as Failure {
            throw error
        } catch {
            throw Failure("no bundle was made: \(error)")
        }
    }

    /// The published checkpoint, once it covers this record.
    private func checkpoint(covering index: UInt64, of tiles: LedgerTiles) throws -> [UInt8] {
        let deadline = ContinuousClock.now.advanced(by: .seconds(options.wait))
        var isTold = false
        while true {
            let note = try tiles.checkpoint()
            let size = try note.map { try CheckpointFile.checkpoint(of: $0, "the ledger's checkpoint").size } ?? 0
            if let note, size > index { return note }
            guard ContinuousClock.now < deadline else {
                throw Failure(
                    "the ledger's checkpoint covers \(size) records, and not record \(index) yet: try again when the gateway"
                        + " has signed the next one"
                )
            }
            if !isTold { Terminal.complain("waiting for a checkpoint that covers record \(index)") }
            isTold = true
            usleep(EvidenceMaker.pause)
        }
    }

    private func older(_ checkpoint: Checkpoint) throws -> UInt64? {
        guard let older = try options.older() else { return nil }
        guard older.origin.hasBytes(of: checkpoint.origin) else {
            throw Failure("the checkpoint of --against is of another log: \(older.origin.onOneLine)")
        }
        guard older.size <= checkpoint.size else {
            throw Failure(
                "the checkpoint of --against has \(older.size) records, and the ledger's \(checkpoint.size): the ledger was"
                    + " cut or rolled back, or this is another one"
            )
        }
        return older.size
    }
}
