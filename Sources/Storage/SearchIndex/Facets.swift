package import AccessModel

/// What the newest records of a search have in common, and how often.
package struct Facets: Sendable {
    package struct Value: Hashable, Sendable {
        package var text: String
        package var count: Int
    }

    /// How many records were counted, at most `Facets.most`.
    package var counted = 0
    /// Whether those were all that match.
    package var isComplete = true
    /// The time of the oldest that was counted.
    package var since: Timestamp?
    /// The most frequent values of each, the most frequent one first: `kind`, `decision`, `role`, …
    package var lists: [(name: StaticString, values: [Value])] = []

    package static let most = 2000
    /// What is counted at least, where there is as much.
    static let least = 50
    /// Values of a list.
    static let longest = 10
}
