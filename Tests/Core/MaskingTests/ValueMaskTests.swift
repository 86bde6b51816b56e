import AccessModel
import Crypto
import Masking
import Testing

@Suite("Masks of values")
struct ValueMaskTests {
    static let keys = MaskKeys(key: Array("thirty-two bytes, not more, not l".utf8))

    /// The masked value; nil is NULL.
    static func masked(_ value: String, _ method: MaskMethod, _ type: String) throws -> String? {
        let mask = try #require(ValueMask(method, type: type, keys: keys))
        return masked(value, mask)
    }

    static func masked(_ value: String, _ mask: ValueMask) -> String? {
        var bytes: [UInt8] = Array("before".utf8)
        let isValue = Array(value.utf8).withUnsafeBytes { mask.append($0, to: &bytes) }
        return isValue ? String(decoding: bytes.dropFirst(6), as: UTF8.self) : nil
    }

    @Test(
        "A mask shows what its rule says and nothing else",
        arguments: [
            ("ana@example.com", .redact, "text", "***"),
            ("", .redact, "text", "***"),
            ("PT", .redact, "character varying(2)", "**"),
            ("PT   ", .redact, "character(5)", "***  "),
            ("ana@example.com", .null, "text", nil),
            ("ana@example.com", .null, "public.mood", nil),
            ("ana@example.com", .email, "text", "a***@example.com"),
            ("a@b", .email, "text", "a***@b"),
            ("élan@example.com", .email, "text", "é***@example.com"),
            ("a@b@example.com", .email, "text", "a***@example.com"),
            ("@example.com", .email, "text", "***"),
            ("ana@", .email, "text", "***"),
            ("ana", .email, "text", "***"),
            ("", .email, "text", "***"),
            ("ana@example.com, card 4111", .email, "text", "***"),
            ("ana@exämple.com", .email, "text", "***"),
            ("4111111111111111", .last4, "text", "***1111"),
            ("12345678", .last4, "text", "***5678"),
            ("1234567", .last4, "text", "***"),
            ("4111111111111111", .last4, "character varying(5)", "***11"),
            ("4111111111111111    ", .last4, "character(20)", "***1111             "),
            ("abcdefgh", .partial(2, 2), "text", "ab***gh"),
            ("abcdefg", .partial(2, 2), "text", "***"),
            ("日本語日本語日本", .partial(1, 3), "text", "日***語日本"),
            ("x", .partial(0, 0), "text", "***"),
            ("2024-02-29", .year, "date", "2024-01-01"),
            ("0044-03-15 BC", .year, "date", "0044-01-01 BC"),
            ("infinity", .year, "date", "infinity"),
            ("29/02/2024", .year, "date", nil),
            ("2024-02-29 10:00:00", .year, "date", nil),
            ("2024-12-31 23:59:59.999999", .year, "timestamp without time zone", "2024-01-01 00:00:00"),
            ("2024-12-31 23:30:00-01", .year, "timestamp with time zone", "2025-01-01 00:00:00+00"),
            ("2024-01-01 00:30:00+05:30", .year, "timestamp(3) with time zone", "2023-01-01 00:00:00+00"),
            ("2024-12-31 23:59:59", .year, "timestamp with time zone", nil),
            ("1499", .round(1000), "integer", "1000"),
            ("1500", .round(1000), "integer", "2000"),
            ("-1500", .round(1000), "bigint", "-2000"),
            ("-499", .round(1000), "bigint", "0"),
            ("32767", .round(1000), "smallint", "32000"),
            ("-32768", .round(1000), "smallint", "-32000"),
            ("1500.5", .round(1000), "integer", nil),
            ("99.50", .round(1), "numeric(4,2)", "99.00"),
            ("12.50", .round(1), "numeric(4,2)", "13.00"),
            ("1499.999999999999999999999999", .round(1000), "numeric", "1000"),
            ("NaN", .round(10), "numeric", "NaN"),
            ("NaN", .round(10), "integer", nil),
            ("", .round(10), "numeric", nil),
            ("-", .round(10), "numeric", nil),
            ("1.", .round(10), "numeric", nil),
        ] as [(String, MaskMethod, String, String?)]
    )
    func shows(value: String, method: MaskMethod, type: String, expected: String?) throws {
        #expect(try ValueMaskTests.masked(value, method, type) == expected)
    }

    @Test("A hash is the first half of HMAC-SHA-256")
    func hashes() throws {
        let key = SymmetricKey(data: Array("thirty-two bytes, not more, not l".utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array("ana@example.com".utf8), using: key)
        let digits = code.prefix(16).map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
        #expect(try ValueMaskTests.masked("ana@example.com", .hash, "text") == digits)
        #expect(try ValueMaskTests.masked("ana@example.com   ", .hash, "character(18)") == String(digits.prefix(18)))
    }

    @Test(
        "A method that does not fit the type is not there",
        arguments: [
            (.email, "integer"), (.redact, "jsonb"), (.redact, "bytea"), (.redact, "public.mood"), (.redact, "text[]"),
            (.year, "text"), (.round(10), "double precision"), (.round(10), "numeric(5,-2)"), (.round(0), "integer"),
            (.round(-1), "integer"), (.round(.max), "bigint"), (.partial(-1, 2), "text"), (.partial(2, .max), "text"),
            (.hash, "integer"), (.last4, "name"), (.redact, "\"char\""), (.redact, "character varying(x)"),
        ] as [(MaskMethod, String)]
    )
    func doesNotFit(method: MaskMethod, type: String) {
        #expect(ValueMask(method, type: type, keys: ValueMaskTests.keys) == nil)
        #expect(!method.isApplicable(to: type))
    }

    @Test("A hash without a key is not there")
    func needsKeys() {
        #expect(ValueMask(.hash, type: "text") == nil)
        #expect(MaskMethod.hash.expression(column: "c", type: "text", keys: nil) == nil)
        #expect(MaskKeys(key: [1, 2, 3]) == nil)
        #expect(MaskKeys(key: [UInt8](repeating: 1, count: 65)) == nil)
    }

    @Test("Keys do not print")
    func keysAreHidden() throws {
        let keys = try #require(MaskKeys(key: [UInt8](repeating: 0x41, count: 32)))
        #expect("\(keys)" == "MaskKeys(hidden)")
        var dumped = ""
        dump(keys, to: &dumped)
        #expect(!dumped.contains("119") && !dumped.contains("29"))
    }

    @Test("Bytes that are not UTF-8 are masked, too")
    func survivesBadBytes() throws {
        let methods: [MaskMethod] = [.redact, .email, .last4, .partial(1, 1), .hash]
        for method in methods {
            for type in ["text", "character varying(3)", "character(3)"] {
                let mask = try #require(ValueMask(method, type: type, keys: ValueMaskTests.keys))
                for bytes: [UInt8] in [[0x80], [0x80, 0x80, 0x80, 0x80, 0xFF], [0xE2, 0x82], [0xFF, 0x40, 0x61]] {
                    var masked: [UInt8] = []
                    #expect(bytes.withUnsafeBytes { mask.append($0, to: &masked) })
                    #expect(masked.count <= 64)
                }
            }
        }
    }
}

@Suite("The keyed hash of exact texts")
struct ExactTextDigestTests {
    @Test("It is HMAC-SHA-256 of the text, and needs a key that cannot be guessed")
    func digests() throws {
        let key = [UInt8](repeating: 0xAA, count: 131)
        let digest = try #require(ExactTextDigest(key: key))
        let text = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        // RFC 4231, test case 6.
        #expect(
            String(decoding: text.withUnsafeBytes { digest.hexDigits(of: $0) }, as: UTF8.self)
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        )
        #expect(ExactTextDigest(key: Array(key.prefix(31))) == nil)
    }
}
