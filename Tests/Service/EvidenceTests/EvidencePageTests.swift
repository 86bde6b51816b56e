import Testing

@testable import Evidence

@Suite("The page of a bundle")
struct EvidencePageTests {
    private func page(_ records: [String]) throws -> String {
        var log = try SampleLog()
        for record in records { try log.append(Array(record.utf8)) }
        log.publish()
        let bundle = try log.bundle(of: Array(0..<UInt64(records.count)))
        return String(decoding: EvidencePage(bundle).html, as: UTF8.self)
    }

    private func record(_ index: Int, _ body: String) -> String {
        #"{"id":"\#(SampleLog.id(UInt64(index)))","index":\#(index),"time":"2026-11-24T10:00:00.000000Z","session":null,"kind":"command",\#(body)}"#
    }

    @Test(
        "Nothing that a record says acts in a browser",
        arguments: [
            "<script>alert(1)</script>", "</pre><img src=x onerror=alert(1)>", "\\\" onmouseover=\\\"alert(1)",
            "' onload='x",
            "<!--", "]]>", "&lt;script&gt;", "<style>*{display:none}</style>", "\\u202Egnp.exe", "\\u0000\\u001b[31m",
            "<link rel=stylesheet href=http://evil.example/>", "{{7*7}}", "</title><base href=//evil.example>",
        ]
    )
    func escapes(text: String) throws {
        let html = try page([
            record(0, #""command":{"text":"\#(text)","sha256":"00"},"decision":{"outcome":"\#(text)"}"#)
        ])
        let clean = try page([record(0, #""command":{"text":"clean","sha256":"00"},"decision":{"outcome":"clean"}"#)])
        // Markup is the page's own: whatever the record says, it has as many tags and attributes.
        #expect(html.count { $0 == "<" } == clean.count { $0 == "<" })
        #expect(html.count { $0 == ">" } == clean.count { $0 == ">" })
        #expect(!html.unicodeScalars.contains { $0.properties.generalCategory == .format || $0.value == 0x1B })
        #expect(!html.contains("<script") && !html.contains("src=x onerror=alert(1)>"))
    }

    @Test("The page runs no script, asks for nothing, and says so to the browser")
    func isStatic() throws {
        let log = try SampleLog.of(sessions: 3)
        let html = String(decoding: EvidencePage(try log.bundle(of: Array(0..<23))).html, as: UTF8.self)
        #expect(html.contains("default-src 'none'"))
        for word in ["<script", "http://", "https://", "src=", "href=", "url(", "@import", "<form", "<iframe"] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(
            html.contains("UPDATE public.orders SET status = &#39;&lt;script&gt;alert(1)&lt;/script&gt; &amp; 1&#39;")
        )
        #expect(html.contains("ana@example.com"))
        #expect(html.contains("It proves nothing by itself"))
    }

    @Test("A page of many records says how many it does not tell")
    func many() throws {
        let log = try SampleLog.of(sessions: 4)
        let html = String(decoding: EvidencePage(try log.bundle(of: Array(0..<30)), most: 5).html, as: UTF8.self)
        #expect(html.contains("Only the first 5 of 22 are told here"))
    }
}
