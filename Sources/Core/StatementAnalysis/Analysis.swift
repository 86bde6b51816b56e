/// What one text would do: the result of an analysis. A class, so that its identity can key caches.
package final class Analysis: Sendable {
    /// In the order of the text; empty for an empty query, and when the text is refused.
    package let statements: [AnalyzedStatement]
    /// Not nil: the whole text is denied.
    package let refusal: AnalysisRefusal?
    /// Whether any statement can change the target.
    package let isChange: Bool

    /// Bytes that it holds, about: what keeps many of them must count it.
    package var size: Int {
        // The statements of one text share its tree.
        let tree = statements.first?.place?.tree.size ?? 0
        return statements.reduce(256 + tree) { $0 + 192 + 128 * $1.effects.count + 96 * $1.session.count }
    }

    package init(statements: [AnalyzedStatement]) {
        self.statements = statements
        refusal = nil
        isChange = statements.contains(where: \.isChange)
    }

    package init(refusal: AnalysisRefusal) {
        statements = []
        self.refusal = refusal
        isChange = false
    }
}
