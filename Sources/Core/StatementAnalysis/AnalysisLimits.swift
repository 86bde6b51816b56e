/// The bounds of an analysis. What is beyond them is refused, never cut.
package struct AnalysisLimits: Hashable, Sendable {
    /// Bytes of text that any thread's stack can take: PostgreSQL's parser recurses without a check of its own, with
    /// up to about 170 bytes of stack for each two bytes of text.
    package static let inline = 1024

    /// Bytes of one text. The parser needs about 100 MiB of stack for 1 MiB of the worst text.
    package var text: Int
    /// Entries of one syntax tape, 16 bytes each.
    package var entries: Int
    /// Statements and scopes inside each other: a WITH inside a WITH, EXPLAIN of a PREPARE.
    package var nesting: Int

    package init(text: Int = 1 << 20, entries: Int = 1 << 22, nesting: Int = 128) {
        self.text = text
        self.entries = entries
        self.nesting = nesting
    }
}
