/// One statement of a text.
package struct AnalyzedStatement: Sendable, Hashable {
    /// The command's words for messages: `SELECT`, `CREATE TABLE`.
    package var kind: String
    /// Where it stands in the text, in bytes.
    package var range: Range<Int>
    /// Sorted and unique.
    package var effects: [UnresolvedEffect]
    /// What it changes in the session, in the order of the text.
    package var session: [SessionChange]
    /// Whether it can change the target. EXECUTE says yes: what it runs is known to the session alone.
    package var isChange: Bool
    /// How many INSERT, UPDATE, DELETE and MERGE stand in it, itself and those of WITH included. The target says the rows
    /// of one of them at most.
    package var rowChanges = 0
    /// Where its node stands in the syntax tree of its text.
    var place: SyntaxPlace?

    package init(
        kind: String,
        range: Range<Int>,
        effects: [UnresolvedEffect],
        session: [SessionChange],
        isChange: Bool
    ) {
        self.kind = kind
        self.range = range
        self.effects = effects
        self.session = session
        self.isChange = isChange
    }
}
