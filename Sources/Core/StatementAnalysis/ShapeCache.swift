/// Analyses by a text's shape, its integers taken out: for callers that write new numbers into each text, as the simple
/// protocol makes them do. Asked after `AnalysisCache`, before the parser.
///
/// It keeps single SELECT, INSERT, UPDATE and DELETE statements that change nothing in the session: their effects do
/// not depend on integers. The `range` of what it finds is that of an earlier text of the same shape: the statement is
/// the whole text.
package final class ShapeCache: Sendable {
    private static let kinds: Set<String> = ["SELECT", "INSERT", "UPDATE", "DELETE"]

    private let analyses: AnalysisCache

    package init(capacityBytes: Int) {
        analyses = AnalysisCache(capacityBytes: capacityBytes)
    }

    package func find(_ text: UnsafeBufferPointer<UInt8>) -> Analysis? {
        IntegerShape.with(text) { analyses.find($0) }
    }

    /// Keeps an analysis if its effects do not depend on the integers of its text.
    package func insert(_ analysis: Analysis, for text: UnsafeBufferPointer<UInt8>) {
        guard analysis.refusal == nil, analysis.statements.count == 1, let statement = analysis.statements.first,
            ShapeCache.kinds.contains(statement.kind), statement.session.isEmpty
        else { return }
        _ = IntegerShape.with(text) { analyses.insert(analysis, for: $0) }
    }

    /// Whether two texts are the same but for the values of integers.
    package static func isOneShape(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
        IntegerShape.places([], of: first, in: second) != nil
    }
}
