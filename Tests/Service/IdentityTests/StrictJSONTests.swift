import AccessModel
import Testing

@testable import Identity

@Suite("JSON is read one way or not at all")
struct StrictJSONTests {
    private func parse(_ text: String, depth: Int = 16) throws(JSONFault) -> [String: ClaimValue] {
        try StrictJSON.object(Array(text.utf8), depth: depth)
    }

    @Test(
        "Values keep their kind and their exact value",
        arguments: [
            (#""""#, .string("")), (#""a\"\\\/\b\f\n\r\t""#, .string("a\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u00e9\ud83d\ude00""#, .string("é😀")),
            ("0", .integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)),
            ("1.5", .number(1.5)), ("1e3", .number(1000)), ("-1.25E-2", .number(-0.0125)), ("true", .boolean(true)),
            ("false", .boolean(false)), ("null", .null), ("[]", .array([])), ("[1,[2]]", .array([1, [2]])),
            ("{}", .object([:])),
            (" \t\r\n[ 1 , 2 ] ", .array([1, 2])), (#"{"":{"a":1}}"#, .object(["": ["a": 1]])),
        ] as [(String, ClaimValue)]
    )
    func reads(text: String, value: ClaimValue) throws {
        #expect(try parse(" { \"v\" : \(text) } ") == ["v": value])
    }

    @Test(
        "What is not RFC 8259 is refused",
        arguments: [
            "01", "+1", "1.", ".5", "1e", "1e+", "--1", "0x10", "NaN", "Infinity", "-", "tru", "True", "nul", "'a'",
            "a",
            "[1,]", "[,1]", "[1 2]", "[", "]", "{", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#,
            #"{"a":1 "b":2}"#,
            #""\x""#, #""\u12""#, #""\u12g4""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, #""\ud800\ud800""#,
            "\"\n\"", "\"\u{0}\"", "\"\u{1F}\"",
            "\"a", "/* */1", "1//", "",
        ]
    )
    func refuses(text: String) {
        #expect(throws: JSONFault.syntax) { try parse("{\"v\":\(text)}") }
    }

    @Test(
        "Only one object is read",
        arguments: ["", " ", "1", "[]", "null", "\"a\"", "{}{}", "{}x", "{} ,", "\u{FEFF}{}", "{}\u{0}"]
    )
    func refusesOthers(text: String) {
        #expect(throws: JSONFault.syntax) { try parse(text) }
    }

    @Test(
        "Invalid UTF-8 is refused",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x80]]
            as [[UInt8]]
    )
    func refusesInvalidText(bytes: [UInt8]) {
        #expect(throws: JSONFault.syntax) { try StrictJSON.object(Array("{\"v\":\"".utf8) + bytes + Array("\"}".utf8)) }
        #expect(throws: JSONFault.syntax) { try StrictJSON.object(Array("{\"".utf8) + bytes + Array("\":1}".utf8)) }
    }

    @Test(
        "Integers that would be rounded and numbers that would be infinite are refused",
        arguments: [
            "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890", "1e309", "-1e999999999",
        ]
    )
    func refusesInexact(text: String) {
        #expect(throws: JSONFault.numberOutOfRange) { try parse("{\"v\":\(text)}") }
    }

    @Test(
        "Names that are the same after unescaping, or canonically equivalent, are duplicates",
        arguments: [#"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, "{\"\u{E9}\":1,\"e\u{301}\":2}", #"{"":1,"":2}"#]
    )
    func refusesDuplicates(text: String) {
        #expect(throws: JSONFault.duplicateMember) { try parse(text) }
    }

    @Test("Nesting is bounded, however it is opened")
    func boundsDepth() throws {
        #expect(try parse(#"{"a":[{"b":1}]}"#, depth: 3) == ["a": [["b": 1]]])
        #expect(throws: JSONFault.tooDeep) { try parse(#"{"a":[{"b":1}]}"#, depth: 2) }
        #expect(try parse(#"{"a":[1],"b":[2],"c":[[]]}"#, depth: 3).count == 3)
        #expect(throws: JSONFault.tooDeep) { try parse("{\"a\":" + String(repeating: "[", count: 100_000)) }
        #expect(throws: JSONFault.tooDeep) { try parse(String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test("A name is bounded, because names are compared in normal form")
    func boundsNames() throws {
        let name = String(repeating: "n", count: IdentityLimits.memberName)
        #expect(try parse("{\"\(name)\":1}") == [name: 1])
        #expect(throws: JSONFault.nameTooLong) { try parse("{\"\(name)n\":1}") }
    }

    @Test("Every truncation is refused")
    func refusesTruncations() {
        let text = Array(#"{"a":[1,2.5e3,true,null,"\u00e9\ud83d\ude00"],"b":{"c":"é"}}"#.utf8)
        for length in text.indices {
            #expect(throws: JSONFault.syntax) { try StrictJSON.object(Array(text[..<length])) }
        }
    }

    @Test("Base64url has one spelling for each value")
    func base64() {
        for length in 0..<66 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + 251) }
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(Array(text.utf8)) == bytes)
        }
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        for bad in ["A", "AAAAA", "AB", "AAB", "AA=", "AA==", "+A", "/A", "A A", "AA\n", "A\u{E9}"] {
            #expect(Base64URL.decode(Array(bad.utf8)) == nil, "\(bad)")
        }
    }
}
