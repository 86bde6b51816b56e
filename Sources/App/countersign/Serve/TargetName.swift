/// What a client names as its database: `TARGET` or `TARGET/DATABASE`.
struct TargetName: Hashable {
    var target: String
    var database: String?

    init(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        target = String(parts[0])
        database = parts.count > 1 ? String(parts[1]) : nil
    }
}
