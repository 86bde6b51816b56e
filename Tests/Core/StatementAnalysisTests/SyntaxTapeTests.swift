import Testing

@testable import StatementAnalysis

@Suite("The syntax tape")
struct SyntaxTapeTests {
    private func tape(_ json: [UInt8], limit: Int = 1000) -> Bool {
        json.withUnsafeBufferPointer { SyntaxTape(json: $0, limit: limit) != nil }
    }

    private let sample =
        #"{"version":1,"stmts":[{"stmt":{"SelectStmt":{"names":[{"String":{"sval":"a\"\\\u003c\n"}},{}]}}}]}"#

    @Test("A string is unescaped as RFC 8259 says")
    func unescapes() throws {
        try Array(sample.utf8).withUnsafeBufferPointer { bytes in
            let tape = try #require(SyntaxTape(json: bytes, limit: 1000))
            #expect(tape.names(in: 0) == ["a\"\\<\n"])
        }
    }

    @Test("A tree that ends early is refused, at every byte")
    func truncated() {
        let bytes = Array(sample.utf8)
        #expect(tape(bytes))
        for length in 0..<bytes.count { #expect(!tape(Array(bytes[..<length])), "\(length)") }
    }

    @Test(
        "Bytes that are not a tree are refused",
        arguments: ["", "}", "[}]]", "x", "{\"a\":", "{\"a\":\"\\", "{} {}", "[\t]"]
    )
    func malformed(json: String) {
        #expect(!tape(Array(json.utf8)))
    }

    @Test("Every name of the table finds itself, and an unknown statement is still a statement")
    func keys() {
        for key in SyntaxKey.allCases where key != .other {
            let found = Array(key.rawValue.utf8).withUnsafeBufferPointer { SyntaxKeyTable.shared.find($0) }
            #expect(found.key == key)
            #expect(found.isStatement == (key.rawValue.hasSuffix("Stmt") && key != .insertedQuery))
        }
        let unknown = Array("TeleportStmt".utf8).withUnsafeBufferPointer { SyntaxKeyTable.shared.find($0) }
        #expect(unknown == (.other, true))
    }

    @Test("A tree with a statement that is not known is refused")
    func unknownStatement() throws {
        let json = Array(#"{"stmts":[{"stmt":{"TeleportStmt":{"a":1}}}]}"#.utf8)
        try json.withUnsafeBufferPointer { bytes in
            let tree = try #require(SyntaxTree(json: bytes, limit: 100, nesting: 8))
            #expect(throws: AnalysisRefusal.self) {
                try tree.withTape { (tape) throws(AnalysisRefusal) in
                    var walk = EffectWalk(tape: tape, tree: tree)
                    return try walk.statements(textLength: 10)
                }
            }
        }
    }
}
