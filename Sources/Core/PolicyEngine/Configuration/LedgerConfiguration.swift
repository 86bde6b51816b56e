/// How the ledger is named and written.
package struct LedgerConfiguration: Hashable, Sendable {
    /// When a record counts as written.
    package enum Durability: String, Hashable, Sendable, CaseIterable {
        /// It was handed to the kernel: it survives the process.
        case process
        /// It was synced: it survives the machine.
        case disk
    }

    /// The name of the log (C2SP tlog-checkpoint): a URL without scheme, `countersign.example.com/prod`.
    package var origin: String
    package var reads: Durability
    package var changes: Durability
    /// Bytes at which a segment is closed.
    package var segmentSize: Int
    /// The watermark: free bytes of the disk below which new commands are refused, while outcomes can be written.
    package var reserve: Int
    package var upkeep: LedgerUpkeep
    package var witnessing: WitnessingConfiguration
    package var publication: LedgerPublication
}

extension LedgerConfiguration {
    static func read(_ field: Field) -> LedgerConfiguration? {
        guard var map = MappingReader(field) else { return nil }
        let origin = map.required("origin") { field in
            field.line(limit: 255).flatMap { text in
                text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2B } && !text.contains("://")
                    ? text : field.fail("expected a name such as countersign.example.com/prod: ASCII, no space, no +")
            }
        }
        let durability = map.optional("durability", default: (.process, .disk)) { readDurability($0) }
        let segmentSize = map.optional("segment_size", default: 64 << 20) { $0.bytes(in: 1 << 20...1 << 32) }
        let reserve = map.optional("reserve", default: 256 << 20) { $0.bytes(in: 1 << 20...1 << 40) }
        let upkeep = LedgerUpkeep.read(&map)
        let witnessing = WitnessingConfiguration.read(&map)
        let publication = map.optional("publish", default: LedgerPublication()) { LedgerPublication.read($0) }
        map.finish()
        guard let origin else { return nil }
        return LedgerConfiguration(
            origin: origin,
            reads: durability.0,
            changes: durability.1,
            segmentSize: segmentSize,
            reserve: reserve,
            upkeep: upkeep,
            witnessing: witnessing,
            publication: publication
        )
    }

    private static func readDurability(_ field: Field) -> (Durability, Durability)? {
        guard var map = MappingReader(field) else { return nil }
        let reads = map.optional("reads", default: Durability.process) { $0.choice() }
        let changes = map.optional("changes", default: Durability.disk) { $0.choice() }
        map.finish()
        return (reads, changes)
    }
}
