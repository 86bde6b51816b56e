internal import CPgQuery

/// SQL text to what it would do: PostgreSQL's own parser, then the effects of its syntax tree.
package struct StatementAnalyzer: Sendable {
    package let limits: AnalysisLimits

    package init(limits: AnalysisLimits = AnalysisLimits()) {
        self.limits = limits
    }

    /// Analyses now, on the calling thread. Up to `AnalysisLimits.inline` bytes any thread's stack will do; a longer
    /// text needs a thread with at least 128 MiB of stack, which is the caller's duty.
    package func analyze(_ text: UnsafeBufferPointer<UInt8>) -> Analysis {
        do throws(AnalysisRefusal) {
            try check(text)
            return Analysis(statements: try parse(text))
        } catch {
            return Analysis(refusal: error)
        }
    }

    package func analyze(_ text: String) -> Analysis {
        var text = text
        return text.withUTF8 { analyze($0) }
    }

    private func check(_ text: UnsafeBufferPointer<UInt8>) throws(AnalysisRefusal) {
        guard text.count <= limits.text else {
            throw AnalysisRefusal(code: .tooLong, message: "the text is longer than \(limits.text) bytes")
        }
        var bits: UInt8 = 0
        var hasNUL = false
        for byte in text {
            bits |= byte
            if byte == 0 { hasNUL = true }
        }
        guard !hasNUL else { throw AnalysisRefusal(code: .containsNUL, message: "the text contains a NUL byte") }
        guard bits < 0x80 || String(validating: text, as: UTF8.self) != nil else {
            throw AnalysisRefusal(code: .notUTF8, message: "the text is not valid UTF-8")
        }
    }

    private func parse(_ text: UnsafeBufferPointer<UInt8>) throws(AnalysisRefusal) -> [AnalyzedStatement] {
        let result = terminated(text) { pg_query_parse($0) }
        defer { pg_query_free_parse_result(result) }
        if let error = result.error {
            throw AnalysisRefusal(
                code: .syntax,
                message: String(cString: error.pointee.message),
                position: error.pointee.cursorpos > 0 ? Int(error.pointee.cursorpos) : nil
            )
        }
        guard let tree = result.parse_tree else { throw .notUnderstood("the syntax tree") }
        let json = UnsafeRawBufferPointer(start: tree, count: length(tree)).assumingMemoryBound(to: UInt8.self)
        guard let tree = SyntaxTree(json: json, limit: limits.entries, nesting: limits.nesting) else { throw .tooDeep }
        return try tree.withTape { (tape) throws(AnalysisRefusal) in
            var walk = EffectWalk(tape: tape, tree: tree)
            return try walk.statements(textLength: text.count)
        }
    }

    /// Calls `body` with the text and a NUL behind it.
    private func terminated<R>(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<CChar>) -> R) -> R {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { copy in
            // The capacity is at least 1, so there is an address.
            let start = copy.baseAddress.unsafelyUnwrapped
            for index in text.indices { copy[index] = CChar(bitPattern: text[index]) }
            copy[text.count] = 0
            return body(UnsafePointer(start))
        }
    }

    private func length(_ string: UnsafePointer<CChar>) -> Int {
        var end = string
        while end.pointee != 0 { end += 1 }
        return end - string
    }
}
