internal import GRDB

/// Which records belong with others, for whoever takes some of them out of the ledger.
extension LedgerIndex {
    /// The indices of the records that complete these: outcomes of commands, the beginnings of their sessions, and what was
    /// recorded of approvals in those sessions. In no order, and those that were asked about may be among them.
    package func companions(of indices: some Sequence<UInt64>) throws -> Set<UInt64> {
        let indices = Array(indices)
        return try mendingOnce(thenCatchingUp: true) { try queue.read { try Companions.of(indices, in: $0) } }
    }

    /// The indices of the records of policies that came into force, in the order of the ledger.
    package func policyLoads() throws -> [UInt64] {
        try mendingOnce(thenCatchingUp: true) { try queue.read { try Companions.policyLoads(in: $0) } }
    }
}
