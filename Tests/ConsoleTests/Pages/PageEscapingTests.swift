import Testing

@testable import Console

@Suite("Texts in pages")
struct PageEscapingTests {
    @Test(
        "A text is shown and never acts",
        arguments: [
            ("plain 1+1=2; ok", "plain 1+1=2; ok"), ("<b>&\"'`", "&lt;b&gt;&amp;&quot;&#39;&#96;"),
            // To the library's own escaping these are other characters than a quote and an angle.
            ("\"\u{301}", "&quot;\u{301}"), ("\u{0D4E}\"", "\u{0D4E}&quot;"), ("<\u{338}", "&lt;\u{338}"),
            ("a\nb\tc", "a\nb\tc"), ("a\r\nb", "a\nb"), ("a\rb", "a\\u{D}b"), ("a\r\r\n", "a\\u{D}\n"),
            ("\r", "\\u{D}"),
            ("\u{202E}x", "\\u{202E}x"), ("\u{0}\u{1B}[31m", "\\u{0}\\u{1B}[31m"),
            ("\u{200B}\u{FEFF}", "\\u{200B}\\u{FEFF}"),
            ("\u{3164}", "\\u{3164}"), ("\u{2028}", "\\u{2028}"), ("\u{7F}\u{85}", "\\u{7F}\\u{85}"),
            ("žluťoučký ✈️ 訂單", "žluťoučký ✈️ 訂單"), ("{{name}}", "{{name}}"), ("", ""),
        ]
    )
    func escapes(text: String, html: String) {
        #expect(PageEscaping.escaped(text).unicodeScalars.elementsEqual(html.unicodeScalars))
    }

    @Test(
        "A claim becomes a link only where it is an address of the web",
        arguments: [
            ("https://git.example/a?b=c#d", true), ("http://git.example", true), ("HTTPS://GIT.EXAMPLE/", true),
            ("javascript:alert(1)", false), ("JavaScript://x/%0aalert(1)", false), ("data:text/html,x", false),
            ("//git.example", false),
            ("/audit", false), ("https:git.example", false), ("https://", false), ("https:///x", false),
            ("https://a@b.example/", false),
            ("https://git.example/a b", false), ("https://git.example/\"x", false), ("https://git.example/'x", false),
            ("https://git.example/<x", false), ("https://git.example\\@b", false), ("https://gıt.example/", false),
            (" https://git.example/", false), ("https://git.example/\n", false), ("", false),
        ]
    )
    func outward(text: String, isLink: Bool) {
        #expect(PageLink.outward(text) == (isLink ? text : nil))
    }

    @Test(
        "What a link carries cannot end it",
        arguments: [("a b&c=d#e", "a%20b%26c%3Dd%23e"), ("ž\"/\n", "%C5%BE%22%2F%0A")]
    )
    func escapesQueries(text: String, escaped: String) {
        #expect(PageLink.escaped(text) == escaped)
    }

    @Test("Each template can be read, and puts in as it is only what templates have made")
    func templates() {
        #expect(PageLibrary.house.broken == [])
        for template in PageTemplate.all {
            let raw = template.text.matches(of: /\{\{[{&][^}]*\}/).map { String($0.0) }
            #expect(raw.allSatisfy { ["{{{content}", "{{{region}"].contains($0) }, "\(template.name): \(raw)")
            #expect(!template.text.contains("CONTENT_TYPE"), "\(template.name)")
        }
        #expect(Set(PageTemplate.all.map(\.name)).count == PageTemplate.all.count)
    }

    @Test("A template that cannot be read is told, and asking for it is an error and no page")
    func brokenTemplate() {
        let template = PageTemplate("broken", "{{#a}}")
        let library = PageLibrary([template])
        #expect(library.broken == ["broken"])
        #expect(throws: Problem.self) { try library.render(template, [:]) }
    }

    @Test(
        "Numbers are told for people",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
            (.min, "-9,223,372,036,854,775,808"),
        ]
            as [(Int64, String)]
    )
    func digits(number: Int64, words: String) {
        #expect(Digits.grouped(number) == words)
    }

    @Test(
        "Durations are told for people",
        arguments: [
            (7, "7 µs"), (1500, "1.5 ms"), (812_000, "812 ms"), (1_500_000, "1.5 s"), (90_000_000, "90 s"),
            (300_000_000, "5 min"),
            (7_200_000_000, "2 h"), (864_000_000_000, "10 days"),
        ] as [(Int64, String)]
    )
    func durations(microseconds: Int64, words: String) {
        #expect(Digits.duration(microseconds: microseconds) == words)
    }
}
