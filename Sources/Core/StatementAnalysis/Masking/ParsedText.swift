internal import CPgQuery

/// A text with its syntax tree, for as long as a closure runs.
struct ParsedText {
    let text: UnsafeBufferPointer<UInt8>
    /// The text with a NUL behind it.
    let terminated: UnsafePointer<CChar>
    let tape: SyntaxTape

    var tree: TreeText { TreeText(tape.json) }

    /// Parses on the calling thread, whose stack must be what `StatementAnalyzer.analyze` asks for.
    static func with<R>(
        _ text: [UInt8],
        limits: AnalysisLimits,
        _ body: (ParsedText) throws(MaskRefusal) -> R
    ) throws(MaskRefusal) -> R {
        guard text.count <= limits.text else { throw .tooLong }
        guard !text.contains(0), String(validating: text, as: UTF8.self) != nil else { throw .notParsed }
        // Errors cross the closures of the standard library as values: these rethrow no typed errors.
        return try text.withUnsafeBufferPointer { bytes in
            withTerminated(bytes) { terminated in
                Result { () throws(MaskRefusal) in try parse(bytes, terminated, limits, body) }
            }
        }.get()
    }

    private static func parse<R>(
        _ text: UnsafeBufferPointer<UInt8>,
        _ terminated: UnsafePointer<CChar>,
        _ limits: AnalysisLimits,
        _ body: (ParsedText) throws(MaskRefusal) -> R
    ) throws(MaskRefusal) -> R {
        let result = pg_query_parse(terminated)
        defer { pg_query_free_parse_result(result) }
        guard result.error == nil, let tree = result.parse_tree else { throw .notParsed }
        var end = tree
        while end.pointee != 0 { end += 1 }
        let json = UnsafeRawBufferPointer(start: tree, count: end - tree).assumingMemoryBound(to: UInt8.self)
        guard let tape = SyntaxTape(json: json, limit: limits.entries) else { throw .tooDeep }
        return try body(ParsedText(text: text, terminated: terminated, tape: tape))
    }

    private static func withTerminated<R>(
        _ text: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafePointer<CChar>) -> R
    ) -> R {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { copy in
            // The capacity is at least 1, so there is an address.
            let start = copy.baseAddress.unsafelyUnwrapped
            for index in text.indices { copy[index] = CChar(bitPattern: text[index]) }
            copy[text.count] = 0
            return body(UnsafePointer(start))
        }
    }
}
