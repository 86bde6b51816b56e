/// A table that is bounded by what its entries cost.
///
/// A new entry goes to the young generation; when that costs more than `capacity`, it becomes the old one and the old one
/// is dropped. What is found in the old one is young again. So it holds at most twice its capacity.
struct Generations<Key: Hashable, Value> {
    private struct Entry {
        var value: Value
        var cost: Int
    }

    private var young: [Key: Entry] = [:]
    private var old: [Key: Entry] = [:]
    private var cost = 0
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func find(_ key: Key) -> Value? {
        if let entry = young[key] { return entry.value }
        guard let entry = old[key] else { return nil }
        add(entry, key)
        return entry.value
    }

    /// Keeps a value, unless it alone would fill a generation.
    mutating func insert(_ value: Value, for key: Key, cost: Int) {
        guard cost <= capacity else { return }
        add(Entry(value: value, cost: cost), key)
    }

    mutating func removeAll() {
        (young, old, cost) = ([:], [:], 0)
    }

    private mutating func add(_ entry: Entry, _ key: Key) {
        cost += entry.cost - (young[key]?.cost ?? 0)
        young[key] = entry
        guard cost > capacity else { return }
        (old, young, cost) = (young, [:], 0)
    }
}
