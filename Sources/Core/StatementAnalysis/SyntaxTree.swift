/// The syntax tree of one text, kept with its analysis: the tape, and of the parser's JSON only what its scalars say.
///
/// It is what a statement's columns are found in once a catalog is known, without parsing again.
final class SyntaxTree: Sendable {
    private let bytes: [UInt8]
    private let entries: [SyntaxTape.Entry]
    /// The bound of `AnalysisLimits.nesting` that the text was analysed under.
    let nesting: Int

    /// Nil when the bytes are not JSON of the parser's shape or hold more than `limit` entries.
    init?(json: UnsafeBufferPointer<UInt8>, limit: Int, nesting: Int) {
        guard let tape = SyntaxTape(json: json, limit: limit) else { return nil }
        var entries = tape.entries
        var bytes: [UInt8] = []
        for index in entries.indices where entries[index].marks.isDisjoint(with: [.object, .array]) {
            let start = bytes.count
            bytes.append(contentsOf: json[Int(entries[index].start)..<Int(entries[index].end)])
            entries[index].start = UInt32(start)
            entries[index].end = UInt32(bytes.count)
        }
        (self.bytes, self.entries, self.nesting) = (bytes, entries, nesting)
    }

    /// Bytes that it holds.
    var size: Int { bytes.count + entries.count * MemoryLayout<SyntaxTape.Entry>.stride }

    func withTape<R>(
        _ body: (SyntaxTape) throws(AnalysisRefusal) -> R
    ) throws(AnalysisRefusal) -> R {
        try bytes.withUnsafeBufferPointer { (buffer) throws(AnalysisRefusal) -> R in
            try body(SyntaxTape(bytes: buffer, entries: entries))
        }
    }
}

extension SyntaxTree: Hashable {
    static func == (left: SyntaxTree, right: SyntaxTree) -> Bool { left === right }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
