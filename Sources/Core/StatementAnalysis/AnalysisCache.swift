internal import Synchronization

/// Analyses by exact text, bounded in bytes, safe from any thread. A find allocates nothing.
package final class AnalysisCache: Sendable {
    private struct Entry {
        var text: [UInt8]
        var analysis: Analysis
    }

    private final class Shard: Sendable {
        let entries: Mutex<Generations<Int, Entry>>

        init(capacity: Int) {
            entries = Mutex(Generations(capacity: capacity))
        }
    }

    private let shards: [Shard]

    /// `capacityBytes` bounds texts and an estimate of what their analyses hold.
    package init(capacityBytes: Int) {
        shards = (0..<8).map { _ in Shard(capacity: capacityBytes / 16) }
    }

    package func find(_ text: UnsafeBufferPointer<UInt8>) -> Analysis? {
        let hash = AnalysisCache.hash(text)
        guard let entry = shard(hash).entries.withLock({ $0.find(hash) }) else { return nil }
        return entry.text.elementsEqual(text) ? entry.analysis : nil
    }

    /// Keeps an analysis, unless it alone would fill half of a shard.
    package func insert(_ analysis: Analysis, for text: UnsafeBufferPointer<UInt8>) {
        let entry = Entry(text: Array(text), analysis: analysis)
        let cost = text.count + AnalysisCache.cost(analysis)
        let hash = AnalysisCache.hash(text)
        shard(hash).entries.withLock { $0.insert(entry, for: hash, cost: cost) }
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

    /// The statements of one text share its tree.
    private static func cost(_ analysis: Analysis) -> Int {
        let tree = analysis.statements.first?.place?.tree.size ?? 0
        return analysis.statements.reduce(256 + tree) { $0 + 192 + 128 * $1.effects.count + 96 * $1.session.count }
    }
}
