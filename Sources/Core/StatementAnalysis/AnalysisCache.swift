internal import Synchronization

/// Analyses by exact text, bounded in bytes, safe from any thread. A find allocates nothing.
///
/// Each shard keeps two generations: a new text goes to the young one; when that holds half of the shard's bytes, it
/// becomes the old one and the old one is dropped. What is found in the old one is young again.
package final class AnalysisCache: Sendable {
    private struct Entry {
        var text: [UInt8]
        var analysis: Analysis
        var cost: Int
    }

    private struct Generations {
        var young: [Int: Entry] = [:]
        var old: [Int: Entry] = [:]
        var bytes = 0
    }

    private final class Shard: Sendable {
        let state = Mutex(Generations())
    }

    private let shards: [Shard]
    private let capacity: Int

    /// `capacityBytes` bounds texts and an estimate of what their analyses hold.
    package init(capacityBytes: Int) {
        shards = (0..<8).map { _ in Shard() }
        capacity = capacityBytes / 16
    }

    package func find(_ text: UnsafeBufferPointer<UInt8>) -> Analysis? {
        let hash = AnalysisCache.hash(text)
        return shard(hash).state.withLock { state in
            if let entry = state.young[hash] { return entry.text.elementsEqual(text) ? entry.analysis : nil }
            guard let entry = state.old[hash], entry.text.elementsEqual(text) else { return nil }
            add(entry, hash, &state)
            return entry.analysis
        }
    }

    /// Keeps an analysis, unless it alone would fill half of a shard.
    package func insert(_ analysis: Analysis, for text: UnsafeBufferPointer<UInt8>) {
        let entry = Entry(text: Array(text), analysis: analysis, cost: text.count + AnalysisCache.cost(analysis))
        guard entry.cost <= capacity else { return }
        let hash = AnalysisCache.hash(text)
        shard(hash).state.withLock { add(entry, hash, &$0) }
    }

    private func add(_ entry: Entry, _ hash: Int, _ state: inout Generations) {
        state.bytes += entry.cost - (state.young[hash]?.cost ?? 0)
        state.young[hash] = entry
        guard state.bytes > capacity else { return }
        (state.old, state.young, state.bytes) = (state.young, [:], 0)
    }

    private func shard(_ hash: Int) -> Shard {
        shards[hash & 7]
    }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        // Seeded for each process, so no caller can choose texts that collide.
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(text))
        return hasher.finalize()
    }

    private static func cost(_ analysis: Analysis) -> Int {
        analysis.statements.reduce(256) { $0 + 192 + 128 * $1.effects.count + 96 * $1.session.count }
    }
}
