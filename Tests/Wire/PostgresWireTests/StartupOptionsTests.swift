import PostgresWire
import Testing

@Suite("The options of a startup message")
struct StartupOptionsTests {
    static let cases: [(String, [StartupParameter]?)] = [
        ("", []),
        ("   ", []),
        ("-c a=b", [StartupParameter("a", "b")]),
        ("-ca=b", [StartupParameter("a", "b")]),
        ("--a-b=c", [StartupParameter("a_b", "c")]),
        ("--a=b=c", [StartupParameter("a", "b=c")]),
        ("-c a=", [StartupParameter("a", "")]),
        ("\t-c\na=b\r\n-c\u{B}c=d\u{C}", [StartupParameter("a", "b"), StartupParameter("c", "d")]),
        ("-c a=x\\ y", [StartupParameter("a", "x y")]),
        ("-c a=x\\\\y", [StartupParameter("a", "x\\y")]),
        ("-c a=\\-c", [StartupParameter("a", "-c")]),
        ("\\-c a=b", [StartupParameter("a", "b")]),
        ("-c a=x \u{301}y", nil),
        ("-c a=b\\", nil),
        ("-c", nil),
        ("-c a", nil),
        ("-c =b", nil),
        ("--", nil),
        ("-F", nil),
        ("-e -c a=b", nil),
        ("a=b", nil),
        ("-d 5", nil),
    ]

    @Test("Words are split and unescaped as the server does it", arguments: cases.indices)
    func parse(index: Int) {
        let (text, settings) = Self.cases[index]
        #expect(StartupOptions.parse(text) == settings, "\(text)")
    }
}
