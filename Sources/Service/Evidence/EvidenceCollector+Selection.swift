internal import AccessModel
internal import TransparencyLog

extension EvidenceCollector {
    /// The entries that a bundle of `asked` holds, in order: those, `companions` (outcomes, beginnings of sessions, and of
    /// the approvals there those that a command refers to), and of each policy that one of them names the record that it
    /// came into force. `policyLoads` are all such records.
    package func selection(
        of asked: [UInt64],
        companions: Set<UInt64>,
        policyLoads: [UInt64]
    ) throws -> [UInt64] {
        var reader = RecordReader(tree: tree())
        var approvals: Set<String> = []
        for index in asked {
            let record = try reader.record(at: index)
            if let id = EvidenceCollector.approval(of: record) { approvals.insert(id) }
        }
        var chosen = Set(asked)
        for index in companions.subtracting(chosen).sorted() {
            let record = try reader.record(at: index)
            let isApproval = record.kind.hasPrefix("approval.")
            if !isApproval || EvidenceCollector.approval(of: record).map(approvals.contains) == true {
                chosen.insert(index)
            }
        }
        chosen.formUnion(try policies(of: chosen, policyLoads))
        return chosen.sorted()
    }

    private static func approval(of record: EvidenceRecord) -> String? {
        record.members.object("approval")?.string("id")
    }

    /// The last record in front of each that brought the policy which it names.
    private func policies(of indices: Set<UInt64>, _ loads: [UInt64]) throws -> Set<UInt64> {
        var (reader, loadReader) = (RecordReader(tree: tree()), RecordReader(tree: tree()))
        var latest: [String: UInt64] = [:]
        var wanted: Set<UInt64> = []
        var next = loads[...]
        for index in indices.sorted() {
            while let load = next.first, load < index {
                next.removeFirst()
                if let digest = try loadReader.record(at: load).policy { latest[digest] = load }
            }
            if let digest = try reader.record(at: index).policy, let load = latest[digest] { wanted.insert(load) }
        }
        return wanted
    }
}
