/// Indices of records, one bit each.
struct IndexSet {
    private var words: [UInt64] = []

    func contains(_ index: UInt64) -> Bool {
        let word = Int(clamping: index / 64)
        return word < words.count && words[word] & 1 << (index % 64) != 0
    }

    /// Returns whether it was not in the set before.
    mutating func insert(_ index: UInt64) -> Bool {
        let word = Int(clamping: index / 64)
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word - words.count + 1)) }
        defer { words[word] |= 1 << (index % 64) }
        return words[word] & 1 << (index % 64) == 0
    }
}
