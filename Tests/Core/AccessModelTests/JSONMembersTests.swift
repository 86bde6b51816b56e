import Testing

@testable import AccessModel

@Suite("JSON of records")
struct JSONMembersTests {
    private func members(_ text: String) -> JSONMembers? { JSONMembers(Array(text.utf8)) }

    @Test(
        "Text that is not exactly one JSON object is refused",
        arguments: [
            "", " ", "{", "}", "[]", "1", "null", "{}x", "{} {}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}",
            "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":+1}", "{\"a\":-}", "{\"a\":tru}",
            "{\"a\":nulll}",
            "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"}",
            "{\"a\":[1,]}",
            "{\"a\":[1 2]}", "{\"a\":1,\"a\":2}", "{\"a\":\u{1}1}", "{\"a\" 1}", "{\"a\":'b'}",
        ]
    )
    func refuses(text: String) {
        #expect(members(text) == nil)
    }

    @Test("Each prefix of a whole object is refused, and none of them traps")
    func truncated() {
        let text = Array(#"{"a":{"b":[1,-2.5e+3,"\u00e9\n",true,false,null,{}]},"c":"d"}"#.utf8)
        #expect(JSONMembers(text) != nil)
        for end in 0..<text.count { #expect(JSONMembers(Array(text[..<end])) == nil) }
    }

    @Test("Nesting is bounded")
    func depth() {
        func nested(_ levels: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: levels) + String(repeating: "]", count: levels) + "}"
        }
        #expect(members(nested(60)) != nil)
        #expect(members(nested(64)) == nil)
        #expect(members(nested(30_000)) == nil)
    }

    @Test(
        "Strings lose their escapes",
        arguments: [
            (#""a""#, "a"), (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9é""#, "éé"),
            (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""x\ud83dy""#, "x\u{FFFD}y"), (#""😀\n""#, "😀\n"),
        ]
    )
    func strings(json: String, expected: String) {
        #expect(members("{\"a\":\(json)}")?.string("a") == expected)
    }

    @Test("Members are found by name, whatever stands between, and are of the sort that is asked for")
    func finds() throws {
        let record = try #require(
            members(#" { "n" : 18446744073709551615 , "o":{"x":null}, "s":"t", "l":[ 1 , "b" ] } "#.trimmed)
        )
        #expect(record.number("n") == .max)
        #expect(record.string("n") == nil)
        #expect(record.number("s") == nil)
        #expect(record.object("o")?.isNull("x") == true)
        #expect(record.object("s") == nil)
        #expect(record["missing"] == nil)
        #expect(!record.isNull("missing"))
        let elements = try #require(record["l"].flatMap { record.text.elements(of: $0) })
        #expect(elements.map { String(decoding: record.text.bytes[$0], as: UTF8.self) } == ["1", "\"b\""])
        #expect(record.text.elements(of: try #require(record["o"])) == nil)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
