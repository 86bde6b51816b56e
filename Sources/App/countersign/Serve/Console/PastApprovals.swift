internal import AccessModel
internal import Console
internal import SearchIndex
internal import Synchronization

/// The approvals of the time before this start, out of the ledger: to be read, not to be answered.
final class PastApprovals: Sendable {
    private let archive: AuditArchive
    /// How many records there were when the gateway started.
    private let start: UInt64
    private let lately = Mutex<[PastApproval]?>(nil)

    /// As many are listed; each may be asked for by its id.
    private static let listed = 100

    init(archive: AuditArchive, start: UInt64) {
        self.archive = archive
        self.start = start
    }

    /// Whichever the ledger tells of; nil where it tells of none.
    func find(_ id: ULID) async throws(ReadRefusal) -> PastApproval? {
        try await archive.ask { PastApproval(try $0.approval(id)) }
    }

    /// Those that were asked for last before the start, the newest first, but for those that live on. Empty while the index
    /// is not so far, or cannot be asked: what waits is shown all the same.
    func list(but live: Set<String>) async -> [PastApproval] {
        let known: [PastApproval]
        if let cached = lately.withLock({ $0 }) {
            known = cached
        } else {
            let found: ([PastApproval], isWhole: Bool)? = try? await archive.ask { [start] view in
                let ids = try view.approvals(before: start, limit: PastApprovals.listed)
                return (try ids.compactMap { PastApproval(try view.approval($0)) }, try view.end >= start)
            }
            known = found?.0 ?? []
            // What is over does not change; a set that lives on is asked of the desk, until it is too long over to be shown.
            if let found, found.isWhole { lately.withLock { $0 = found.0 } }
        }
        return known.filter { !live.contains($0.id) }
    }
}
