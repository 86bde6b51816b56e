internal import StatementAnalysis

/// Plans by exact text, bounded, for the sessions of one event loop: no lock, and a find allocates nothing.
///
/// Two generations: when the young one is full it becomes the old one, and the old one is dropped.
struct PlanCache {
    private var young: [Int: StatementPlan] = [:]
    private var old: [Int: StatementPlan] = [:]
    private var bytes = 0
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity / 2
    }

    mutating func find(_ text: UnsafeBufferPointer<UInt8>) -> StatementPlan? {
        let hash = PlanCache.hash(text)
        if let plan = young[hash] { return PlanCache.equal(plan.text, text) ? plan : nil }
        guard let plan = old[hash], PlanCache.equal(plan.text, text) else { return nil }
        insert(plan, hash)
        return plan
    }

    mutating func insert(_ plan: StatementPlan, for text: UnsafeBufferPointer<UInt8>) {
        guard text.count < 16_384 else { return }
        insert(plan, PlanCache.hash(text))
    }

    private mutating func insert(_ plan: StatementPlan, _ hash: Int) {
        bytes += 2 * plan.text.count + plan.analysis.size + 512
        young[hash] = plan
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
