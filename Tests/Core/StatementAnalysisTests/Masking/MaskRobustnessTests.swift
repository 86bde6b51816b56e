import AccessModel
import StatementAnalysis
import Testing

@Suite("Masks and hostile texts")
struct MaskRobustnessTests {
    @Test("Every prefix of a vector has an answer", arguments: MaskVector.all)
    func prefixes(vector: MaskVector) {
        let bytes = Array(vector.text.utf8)
        for end in stride(from: 0, to: bytes.count, by: 3) {
            let text = bytes[..<end]
            let answer = Result { () throws(MaskRefusal) in
                try StatementMasker().mask(text, MaskFixture.inForce, path: MaskFixture.path)
            }
            guard case .success(let masked?) = answer else { continue }
            #expect(masked.text != String(decoding: text, as: UTF8.self))
        }
    }

    /// Ways to write `public.customers` and `customers` that PostgreSQL reads alike.
    static let names = [
        "customers", "CUSTOMERS", "\"customers\"", "public.customers", "public . customers", "\"public\".\"customers\"",
        "public/**/.--x\n/*é*/customers", "U&\"customers\"", "u&\"\\0063ustomers\"", "U&\"!0063ustomers\" UESCAPE '!'",
        "Public.U&\"c!+000075stomers\"uescape'!'", "postgres.public.customers", "/*/*n*/*/public\t.\ncustomers",
    ]

    static let contexts: [(before: String, after: String, isOnly: Bool)] = [
        ("SELECT 1 FROM ", "", false), ("SELECT 'é''', $$ü FROM customers$$ FROM ", " c", false),
        ("SELECT E'\\'' FROM ONLY ", " AS \"c\"", true), ("SELECT 1 FROM ONLY(", ")", true),
        ("SELECT 1 FROM orders o,", "*;", false), ("SELECT 1 -- FROM customers\n FROM ", "/*c*/c(a,b)", false),
        ("SELECT (SELECT count(*) FROM(", " c CROSS JOIN orders)) FROM orders", false),
        ("SELECT U&'customers' UESCAPE '!', N'x', B'1', X'F' FROM ", " WHERE 1-1>0", false),
    ]

    @Test("However a name is written, its relation is masked", arguments: names)
    func spelling(name: String) throws {
        for context in MaskRobustnessTests.contexts {
            let text = context.before + name + context.after
            let masked = try #require(
                try StatementMasker().mask(text, MaskFixture.inForce, path: MaskFixture.path),
                "\(text)"
            )
            #expect(masked.text.contains(context.isOnly ? "FROM ONLY \"public\"" : "FROM \"public\""))
            #expect(masked.masked.map(\.relation.description) == ["public.customers"])
            #expect(masked.masked.map(\.columns) == [["domain", "email"]])
        }
    }

    @Test("A rewritten text stays within the limit")
    func limit() {
        let text = "SELECT 1 FROM customers" + String(repeating: ", customers", count: 100)
        let limits = AnalysisLimits(text: 20_000)
        #expect(throws: MaskRefusal.self) {
            try StatementMasker(limits: limits).mask(text, MaskFixture.inForce, path: MaskFixture.path)
        }
        #expect(throws: Never.self) {
            try StatementMasker().mask(text, MaskFixture.inForce, path: MaskFixture.path)
        }
    }

    @Test("Deep and long texts have an answer", arguments: [("(SELECT * FROM ", " t)"), ("(", ")")])
    func depth(open: String, close: String) {
        let text =
            "SELECT * FROM " + String(repeating: open, count: 2000) + "customers"
            + String(repeating: close, count: 2000) + " x"
        let answer = onDeepStack {
            Result { () throws(MaskRefusal) in
                try StatementMasker().mask(text, MaskFixture.inForce, path: MaskFixture.path)
            }
        }
        #expect(answer != nil)
    }

    @Test("What is not text is refused", arguments: [[0xFF], [0x53, 0x00], Array("SELECT 'a".utf8)] as [[UInt8]])
    func notText(bytes: [UInt8]) {
        #expect(throws: MaskRefusal.self) {
            try StatementMasker().mask(bytes, MaskFixture.inForce, path: MaskFixture.path)
        }
    }

    @Test("Without masks every text goes as it is")
    func noMasks() throws {
        let none = MasksInForce([:], in: MaskFixture.catalog)
        #expect(none.isEmpty)
        #expect(try StatementMasker().mask("SELECT * FROM pg_stats, nowhere", none, path: MaskFixture.path) == nil)
    }
}
