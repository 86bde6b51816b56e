internal import AuditLog
internal import Logging
internal import SearchIndex
internal import ServiceLifecycle

/// Brings the search index up to the ledger while the gateway has time for it: an index that is behind costs a search
/// a moment, an index that keeps up costs every command some microseconds. So it works when few records come.
struct IndexKeeper: Service {
    let core: GatewayCore

    /// Records in one look above which the gateway is busy, and the index waits.
    private static let busy: UInt64 = 2000
    /// Records that are indexed before it is asked again whether commands come, and how many slices there are in a look.
    private static let slice: (records: Int, count: Int) = (500, 40)

    func run() async throws {
        guard let opened = open() else { return (try? await gracefulShutdown()) ?? () }
        await cancelWhenGracefulShutdown {
            var (index, seen) = (opened, UInt64(0))
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(2))
                let size = core.ledger.counters.size
                let isBusy = size - min(seen, size) > IndexKeeper.busy
                seen = size
                // Somebody may have deleted it, to have it made again.
                if !index.isInPlace, let next = open() { index = next }
                if !isBusy { catchUp(index) }
            }
        }
    }

    private func open() -> LedgerIndex? {
        do {
            try IndexFile.make("\(core.data)/index.sqlite", as: core.data)
            return try LedgerIndex(
                path: "\(core.data)/index.sqlite",
                reader: LedgerReader(directory: "\(core.data)/ledger"),
                onRebuild: { [logger = core.logger] cause in
                    logger.warning("the search index is made again", metadata: ["cause": "\(cause)"])
                }
            )
        } catch {
            // Searches say it too; what is recorded does not hang on it.
            core.logger.error("the search index cannot be opened", metadata: ["cause": "\(error)"])
            return nil
        }
    }

    private func catchUp(_ index: LedgerIndex) {
        let begun = core.ledger.counters.size
        do {
            for _ in 0..<IndexKeeper.slice.count where !Task.isCancelled {
                try index.catchUp(limit: IndexKeeper.slice.records)
                let size = core.ledger.counters.size
                let isBehind = try index.end < size
                // Commands that come meanwhile have the processor back at once, and not after all that was behind.
                guard isBehind, size - begun < UInt64(IndexKeeper.slice.records) else { return }
            }
        } catch {
            core.logger.error("the search index could not be brought up to date", metadata: ["cause": "\(error)"])
        }
    }
}
