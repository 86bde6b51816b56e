/// What one query shows to names inside it.
struct NameLevel {
    var items: [RangeItem] = []
    var queries: [WithQuery] = []
    /// Whether what is walked now may see the items that stand before it in FROM.
    var isLateral = false
}
