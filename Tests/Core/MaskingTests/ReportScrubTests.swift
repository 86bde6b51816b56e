import Masking
import Testing

@Suite("What stays of a target's errors and notices where columns are masked")
struct ReportScrubTests {
    /// `S=ERROR|C=23505|…` as the body of a message.
    private static func body(_ fields: String) -> [UInt8] {
        fields.split(separator: "|").flatMap { Array($0.utf8.prefix(1)) + Array($0.utf8.dropFirst(2)) + [0] } + [0]
    }

    private static func scrubbed(_ body: [UInt8]) -> String {
        body.withUnsafeBytes { ReportScrub.scrubbed($0) }.dropLast(2).split(separator: 0).map {
            String(decoding: $0.prefix(1), as: UTF8.self) + "=" + String(decoding: $0.dropFirst(), as: UTF8.self)
        }.joined(separator: "|")
    }

    private static let withheld = "(the target's words are withheld: they could show masked values)"

    @Test(
        "Values are taken out, states and names stay",
        arguments: [
            (
                "S=ERROR|V=ERROR|C=23505|M=duplicate key value violates unique constraint \"u\"|D=Key (email)=(ana@x) already exists.|s=public|t=customers|n=u|F=nbtinsert.c|L=664|R=_bt_check_unique",
                "S=ERROR|V=ERROR|C=23505|M=duplicate key value violates a unique constraint \(withheld)|s=public|t=customers|n=u"
            ),
            (
                "S=ERROR|V=ERROR|C=23514|M=new row violates check|D=Failing row contains (1, ana@x, 4111).|n=c",
                "S=ERROR|V=ERROR|C=23514|M=a check constraint is violated \(withheld)|n=c"
            ),
            (
                "S=ERROR|V=ERROR|C=22P02|M=invalid input syntax for type integer: \"4111\"|P=8",
                "S=ERROR|V=ERROR|C=22P02|M=invalid input syntax \(withheld)|P=8"
            ),
            (
                "S=ERROR|V=ERROR|C=42703|M=column \"emial\" does not exist|H=Perhaps you meant…|P=8",
                "S=ERROR|V=ERROR|C=42703|M=column \"emial\" does not exist|P=8"
            ),
            (
                "S=ERROR|V=ERROR|C=42703|M=column \"4111\" does not exist|W=PL/pgSQL function f() line 1|P=8",
                "S=ERROR|V=ERROR|C=42703|M=the statement cannot be executed as it is written \(withheld)"
            ),
            (
                "S=ERROR|V=ERROR|C=42P01|M=relation \"4111\" does not exist",
                "S=ERROR|V=ERROR|C=42P01|M=the statement cannot be executed as it is written \(withheld)"
            ),
            (
                "S=ERROR|V=ERROR|C=23505|M=x|W=PL/pgSQL function f() line 1 at RAISE|n=4111",
                "S=ERROR|V=ERROR|C=23505|M=duplicate key value violates a unique constraint \(withheld)"
            ),
            (
                "S=NOTICE|V=NOTICE|C=00000|M=the card is 4111|W=PL/pgSQL function f() line 1 at RAISE",
                "S=NOTICE|V=NOTICE|C=00000|M=notice \(withheld)"
            ),
            (
                "S=ERROR|V=ERROR|C=P0001|M=4111|H=4111|W=PL/pgSQL function f() line 1 at RAISE",
                "S=ERROR|V=ERROR|C=P0001|M=raised by a function or trigger \(withheld)"
            ),
            (
                "S=ERROR|V=ERROR|C=57014|M=canceling statement due to statement timeout",
                "S=ERROR|V=ERROR|C=57014|M=canceling statement due to statement timeout"
            ),
            (
                "S=ERROR|V=ERROR|C=57014|M=4111|q=SELECT 4111",
                "S=ERROR|V=ERROR|C=57014|M=operator intervention \(withheld)"
            ),
            ("S=ERROR|V=ERROR|C=ZZ999|M=4111|Y=4111", "S=ERROR|V=ERROR|C=ZZ999|M=the target reports ZZ999 \(withheld)"),
            ("S=ERROR|C=22012|M=x|P=4111x", "S=ERROR|C=22012|M=division by zero \(withheld)"),
        ]
    )
    func scrubs(report: String, expected: String) {
        #expect(ReportScrubTests.scrubbed(ReportScrubTests.body(report)) == expected)
    }

    private static let unreadable = "S=ERROR|V=ERROR|C=XX000|M=internal error of the target \(withheld)"

    @Test(
        "A report that does not parse says nothing",
        arguments: ["S=ERROR|M=4111", "C=2350|M=4111", "C=23505|C=4111x", "C=2a505|M=x"]
    )
    func withholdsUnknown(report: String) {
        #expect(ReportScrubTests.scrubbed(ReportScrubTests.body(report)) == ReportScrubTests.unreadable)
    }

    @Test("A report that is cut off says nothing")
    func withholdsCut() {
        let whole = ReportScrubTests.body("S=ERROR|V=ERROR|C=23505|M=4111 is there|D=Key (card)=(4111)")
        for length in 0..<whole.count {
            #expect(ReportScrubTests.scrubbed(Array(whole[..<length])) == ReportScrubTests.unreadable)
        }
        #expect(ReportScrubTests.scrubbed(whole + [0x41]) == ReportScrubTests.unreadable)
        #expect(!ReportScrubTests.scrubbed(whole).contains("4111"))
    }
}
