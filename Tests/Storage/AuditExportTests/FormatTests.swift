import AccessModel
import AuditLog
import Foundation
import Testing

@testable import AuditExport

@Suite("Lines of CEF, CSV and RFC 5424")
struct FormatTests {
    /// Whatever a statement or a name can hold: the signs of each format, line breaks of every sort, what turns text.
    private static let hostile =
        "a|b=c\\d\"e]f,g\nh\ri\u{2028}j\u{202E}k\u{7F}\u{85}l\u{0}=cmd [m x=\"y\"] <13>1 CEF:0|x"

    private func line(_ format: ExportFormat, _ text: String, object: String = "public.orders") throws -> String {
        let sample = try SampleLedger()
        try sample.open(1)
        try sample.outcome(1, of: sample.command(1, text, object: object))
        let event = try #require(try sample.events().last)
        return String(decoding: EventEncoder(format, SampleLedger.terms).encode(event), as: UTF8.self)
    }

    @Test("CEF escapes by where it is: pipes in the header, equals and line breaks in the extension")
    func escapesCEF() {
        #expect(CEFEncoder.header("a|b\\c=d\ne") == "a\\|b\\\\c=d\u{240A}e")
        #expect(CEFEncoder.value("a|b\\c=d\ne\rf\u{0}") == "a|b\\\\c\\=d\\ne\\rf\u{2400}")
    }

    @Test("RFC 5424 escapes quotes, backslashes and brackets in values, and shows control characters")
    func escapesSyslog() {
        #expect(SyslogEncoder.value("a\"b\\c]d=e|f\ng") == "a\\\"b\\\\c\\]d=e|f\u{240A}g")
    }

    @Test(
        "A cell of CSV that a spreadsheet would compute gets an apostrophe; quotes are doubled",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "'=1+1"), ("@x", "'@x"),
            ("-1", "'-1"),
            ("+1", "'+1"), ("\t=1", "'\u{2409}=1"), ("a\nb", "a\u{240A}b"),
        ]
    )
    func escapesCSV(text: String, cell: String) {
        #expect(CSVEncoder.cell(text) == cell)
    }

    @Test("No text makes a second line or a second header, in any format", arguments: ExportFormat.allCases)
    func staysOneLine(format: ExportFormat) throws {
        let line = try line(format, FormatTests.hostile, object: FormatTests.hostile)
        #expect(!line.unicodeScalars.contains { $0 == "\n" || $0 == "\r" || $0.value == 0 })
        guard format != .jsonl && format != .ocsf else { return }
        #expect(!line.unicodeScalars.contains { [0x2028, 0x202E, 0x7F, 0x85].contains($0.value) })
    }

    @Test("A message of RFC 5424 reads as its grammar says, hostile text and all")
    func readsAsGrammar() throws {
        let line = try line(.syslog, FormatTests.hostile, object: FormatTests.hostile)
        let grammar =
            #/
            <(\d{1,3})>1\ (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\ ([!-~]{1,255})\ ([!-~]{1,48})\ ([!-~]{1,128})\ ([!-~]{1,32})\ 
            \[countersign@32473((?:\ [^\ =\]"]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*)\]\ \u{FEFF}(.+)
            /#
        let match = try #require(line.wholeMatch(of: grammar))
        #expect(match.1 == "110")
        #expect(match.4 == "countersign")
        #expect(match.6 == "command")
        #expect(match.7.contains(" statement=\""))
    }

    @Test("CEF has seven fields in front and pairs behind, hostile text and all")
    func readsAsCEF() throws {
        let line = try line(.cef, FormatTests.hostile, object: FormatTests.hostile)
        let match = try #require(line.wholeMatch(of: #/CEF:0\|((?:(?:[^|\\]|\\[|\\])*\|){6})(.+)/#))
        #expect(match.1 == "Countersign|Gateway|0.1.0|command.update|command allow|1|")
        var keys: [String] = []
        for pair in match.2.matches(of: #/(?:^|\ )([A-Za-z0-9]+)=/#) { keys.append(String(pair.1)) }
        #expect(Set(keys).count == keys.count, "a text made a key of its own: \(keys)")
        #expect(keys.contains("externalId") && keys.contains("request"))
    }

    @Test("CSV has as many cells as its heading, hostile text and all")
    func readsAsCSV() throws {
        let line = try line(.csv, FormatTests.hostile, object: FormatTests.hostile)
        var (cells, isQuoted) = (1, false)
        for scalar in line.unicodeScalars {
            if scalar == "\"" { isQuoted.toggle() }
            if scalar == ",", !isQuoted { cells += 1 }
        }
        #expect(cells == CSVEncoder.heading.split(separator: ",").count)
    }

    @Test(
        "What is too long is cut to the limit, says so and keeps its hash",
        arguments: [.ocsf, .cef, .syslog] as [ExportFormat],
        ["SELECT 'x'", "\u{1}\\\"=|]"]
    )
    func cuts(format: ExportFormat, filling: String) throws {
        let sample = try SampleLedger()
        try sample.open(1)
        let long = String(repeating: filling, count: 20_000 / filling.utf8.count)
        try sample.outcome(
            1,
            of: sample.command(1, long, object: String(long.prefix(8000))),
            error: "23505: " + long.prefix(4000)
        )
        let event = try #require(try sample.events().last)
        var terms = SampleLedger.terms
        let whole = EventEncoder(format, terms).encode(event)
        #expect(whole.count > 20_000)
        terms.limit = ExportTerms.smallestLimit
        let encoder = EventEncoder(format, terms)
        for cut in [encoder.encode(event), encoder.encodeForSyslog(event)] {
            #expect(cut.count <= ExportTerms.smallestLimit)
            let text = String(decoding: cut, as: UTF8.self)
            #expect(text.contains(event.leaf))
            #expect(text.contains(String(repeating: "ab", count: 32)), "the statement's own hash")
            #expect(text.contains("cut"))
            #expect(text.contains("[cut: ") || text.contains("[cut\\: ") || text.contains("[cut: "))
            guard format == .ocsf, let start = text.firstIndex(of: "{") else { continue }
            #expect(try SchemaCheck.bundled().faults(in: Array(text[start...].utf8)) == [])
            #expect(text.contains("\"is_truncated\":true"))
        }
    }

    @Test("In syslog other formats follow a header that names the record")
    func wraps() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        let event = try #require(try sample.events().first)
        let text = String(decoding: EventEncoder(.cef, SampleLedger.terms).encodeForSyslog(event), as: UTF8.self)
        #expect(
            text.hasPrefix(
                "<110>1 \(event.time) h countersign 7 session.opened [countersign@32473 id=\"\(event.id)\" index=\"0\"] CEF:0|"
            )
        )
    }
}
