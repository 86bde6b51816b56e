/// How the ledger signs, breathes and forgets.
package struct LedgerUpkeep: Hashable, Sendable {
    /// A checkpoint follows what is new after this time, or after so many records; and soon after each session.
    package var checkpointEvery = Duration.seconds(5)
    package var checkpointEntries = 10_000
    /// After such a silence a record says that the gateway lives.
    package var heartbeat = Duration.seconds(60)
    /// The file with the last signed checkpoint; nil for `keys/ledger.lock` in the data folder.
    package var lock: String?
    /// How long texts and recordings that are kept beside the records stay; nil for ever.
    package var blobRetention: Duration?
}

extension LedgerUpkeep {
    static func read(_ map: inout MappingReader) -> LedgerUpkeep {
        var upkeep = LedgerUpkeep()
        let checkpoint = map.optional("checkpoint", default: (upkeep.checkpointEvery, upkeep.checkpointEntries)) {
            readCheckpoint($0, upkeep)
        }
        (upkeep.checkpointEvery, upkeep.checkpointEntries) = checkpoint
        upkeep.heartbeat = map.optional("heartbeat", default: upkeep.heartbeat) {
            $0.duration(in: .seconds(1)...(.seconds(86_400)))
        }
        upkeep.lock = map.optional("lock") { $0.line() }
        upkeep.blobRetention = map.optional("retention") { readRetention($0) } ?? nil
        return upkeep
    }

    private static func readCheckpoint(_ field: Field, _ upkeep: LedgerUpkeep) -> (Duration, Int)? {
        guard var map = MappingReader(field) else { return nil }
        let every = map.optional("every", default: upkeep.checkpointEvery) {
            $0.duration(in: .seconds(1)...(.seconds(3600)))
        }
        let entries = map.optional("entries", default: upkeep.checkpointEntries) { $0.integer(in: 1...1_000_000) }
        map.finish()
        return (every, entries)
    }

    private static func readRetention(_ field: Field) -> Duration?? {
        guard var map = MappingReader(field) else { return nil }
        let blobs = map.optional("blobs") { $0.duration(in: .seconds(86_400)...(.seconds(36_500 * 86_400))) }
        map.finish()
        return .some(blobs)
    }
}
