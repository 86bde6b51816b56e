/// Plans by exact text, bounded, for the sessions of one event loop: no lock, and a find allocates nothing.
///
/// Two generations: when the young one is full it becomes the old one, and the old one is dropped.
struct PlanCache {
    private struct Entry {
        var text: [UInt8]
        var plan: StatementPlan
    }

    private var young: [Int: Entry] = [:]
    private var old: [Int: Entry] = [:]
    private var bytes = 0
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity / 2
    }

    mutating func find(_ text: UnsafeBufferPointer<UInt8>) -> StatementPlan? {
        let hash = PlanCache.hash(text)
        if let entry = young[hash] { return PlanCache.equal(entry.text, text) ? entry.plan : nil }
        guard let entry = old[hash], PlanCache.equal(entry.text, text) else { return nil }
        insert(entry, hash)
        return entry.plan
    }

    mutating func insert(_ plan: StatementPlan, for text: UnsafeBufferPointer<UInt8>) {
        guard text.count < 16_384 else { return }
        insert(Entry(text: Array(text), plan: plan), PlanCache.hash(text))
    }

    private mutating func insert(_ entry: Entry, _ hash: Int) {
        bytes += 2 * entry.text.count + 512
        young[hash] = entry
        guard bytes > capacity else { return }
        (old, young, bytes) = (young, [:], 0)
    }

    private static func equal(_ left: [UInt8], _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        left.withUnsafeBufferPointer { left in
            left.count == right.count && left.elementsEqual(right)
        }
    }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        // Seeded for each process, so no caller can choose texts that collide.
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(text))
        return hasher.finalize()
    }
}
