internal import TransparencyLog

/// Reads records of a log one after the other, each bundle once as long as they come in order.
struct RecordReader {
    let tree: TileTree
    private var held: (number: UInt64, bundle: EntryBundle)?

    init(tree: TileTree) {
        self.tree = tree
    }

    mutating func record(at index: UInt64) throws -> EvidenceRecord {
        if held?.number != index >> 8 { held = (index >> 8, try tree.bundle(holding: index)) }
        guard let held, let record = EvidenceRecord(Array(held.bundle[Int(index & 255)])), record.index == index else {
            throw EvidenceShortage.notARecord(index)
        }
        return record
    }
}
