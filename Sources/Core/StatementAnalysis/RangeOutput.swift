/// The columns that a query gives: their names in order. Open, there may be others that nobody here knows.
struct RangeOutput {
    var names: [String] = []
    var isOpen = false

    /// With other names for the first columns; where columns may be unknown, only these are certain.
    func renamed(_ aliases: [String]) -> RangeOutput {
        guard !aliases.isEmpty else { return self }
        return RangeOutput(names: isOpen ? aliases : aliases + names.dropFirst(aliases.count), isOpen: isOpen)
    }

    /// `name` as an item of FROM, whose columns its query has read already.
    func item(_ name: String) -> RangeItem {
        RangeItem(name: name, columns: names.map { RangeColumn(name: $0, origin: nil) }, isOpen: isOpen)
    }
}
