/// Commands and denials a minute, as bars of an SVG: whole numbers in attributes, so that no style stands in the page.
struct SeriesChart {
    static let width = 600
    static let height = 100

    /// Nil where there is nothing to draw.
    static func view(_ series: PageJSON) -> PageView? {
        let commands = series["commands"].items.map { max(0, $0.number ?? 0) }
        let denied = series["denied"].items.map { max(0, $0.number ?? 0) }
        guard commands.count > 1, let most = commands.max() else { return nil }
        let step = width / commands.count
        func bar(_ index: Int, _ count: Int64) -> PageView? {
            guard count > 0 else { return nil }
            // A count that is there is seen, however small beside the others; one that cannot be fills the height.
            let share = min(1, Double(count) / Double(max(most, 1)))
            let tall = max(2, Int(share * Double(height)))
            return PageView(present: [
                "x": "\(index * step)", "y": "\(height - tall)", "width": "\(max(1, step - 2))", "height": "\(tall)",
            ])
        }
        let sum = commands.reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
        let refused = denied.reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
        return PageView(present: [
            "bars": commands.enumerated().compactMap { bar($0, $1) },
            "denied": denied.prefix(commands.count).enumerated().compactMap { bar($0, $1) },
            "words":
                "Commands a minute over the last \(commands.count) minutes: \(Digits.grouped(sum)) in all, at most "
                + "\(Digits.grouped(most)) in one; \(Digits.grouped(refused)) denied.",
        ])
    }
}
