import PolicyEngine
import Testing

@Suite("Hostile configuration files")
struct HostileFileTests {
    func errors(_ text: String) -> [String] {
        let (configuration, diagnostics) = Configuration.parse(text, file: "F")
        #expect(configuration == nil)
        return diagnostics.filter { $0.severity == .error }.map(\.description)
    }

    @Test(
        "What is no configuration at all is one error or more, and no crash",
        arguments: [
            "", " ", "\n", "---\n", "...", "--- \n...\n", "null", "~", "[]", "{}", "- a", "text", "\"", "'", "{", "}",
            "[", "]", ":", "- - -",
            "? a", "? [a]\n: b", "a: b: c", "%YAML 1.2\n---\na: b", "%", "@", "`", "|", ">", "a: |", "a: >-\n", "!",
            "!!", "&", "*", "*a",
            "&a", "&a b", "a: *b", "{*a : b}", "\u{0}", "\u{FEFF}version: 1", "a\u{85}b: c", "a\u{2028}&b", "\r\r\r",
            "\t", "a:\t&x b",
            "key: !!binary aGk=", "!!set {a, b}", "!!map {a: b}", "!<tag:x> a", "<<: {a: b}", "version: !!int \"1\"",
        ]
    )
    func refused(text: String) {
        #expect(!errors(text).isEmpty)
    }

    @Test("Aliases are refused before they are expanded")
    func laughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<40 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        text += "? *a39\n: x\n"
        #expect(errors(text).count == 1)
    }

    @Test(
        "An anchor is seen wherever YAML allows one",
        arguments: [
            "a: &x b", "&x a: b", "a:\n  &x b: c", "- &x a", "[&x a]", "[a,&x b]", "{a: &x b}", "{\"a\":&x b}",
            "? &x a\n: b", "!!str &x a",
            "--- &x a", "a:   \t &x b", "- - &x a", "a: !!str   &x b", "a: # comment\n  &x b", "a: b\r&x c: d",
            "a: b\r\n&x c: d",
        ]
    )
    func anchors(text: String) {
        #expect(errors(text).first?.contains("anchors") == true || errors(text).first?.contains("tags") == true)
    }

    @Test("An ampersand inside a text is no anchor", arguments: ["R&D", "a & b", "a &b", "Sales&", "x-&y z"])
    func ampersands(name: String) throws {
        let yaml = Sample.yaml().replacing("name: Ana Silva", with: "name: \(name)")
        #expect(Configuration.parse(yaml, file: "F").configuration?.people.first?.name == name)
    }

    @Test("What is nested too deep is refused", arguments: [20, 900, 5_000, 100_000])
    func deep(levels: Int) {
        #expect(!errors(String(repeating: "[", count: levels)).isEmpty)
        #expect(!errors(String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).isEmpty)
        #expect(!errors(String(repeating: "{a: ", count: levels) + String(repeating: "}", count: levels)).isEmpty)
        #expect(!errors(String(repeating: "- ", count: levels) + "a").isEmpty)
    }

    @Test("A file above 4 MiB is refused unread")
    func long() {
        let text = Sample.yaml() + String(repeating: "#", count: 4 << 20)
        #expect(errors(text) == ["F:1: the file is longer than 4 MiB"])
    }

    @Test("A file that is wrong everywhere is told about a bounded number of errors")
    func many() {
        let text = Sample.yaml() + (0..<5_000).map { "\nkey\($0): 1" }.joined()
        #expect(errors(text).count == 200)
    }

    @Test("Cut at any byte, the file is an error or a file, and never a crash")
    func truncated() {
        let bytes = Array(Sample.yaml().utf8)
        for length in 0..<bytes.count {
            let text = String(decoding: bytes[..<length], as: UTF8.self)
            let (configuration, diagnostics) = Configuration.parse(text, file: "F")
            #expect((configuration == nil) == diagnostics.contains { $0.severity == .error })
        }
    }

    @Test("With any one byte changed, the file is an error or a file, and never a crash")
    func corrupted() {
        let bytes = Array(ContractTests.text.utf8)
        for index in stride(from: 0, to: bytes.count, by: 23) {
            for byte in [0x00, 0x22, 0x26, 0x2A, 0x3A, 0x5B, 0x7B, 0x0A, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] = byte
                let (configuration, diagnostics) = Configuration.parse(
                    String(decoding: changed, as: UTF8.self),
                    file: "F"
                )
                #expect((configuration == nil) == diagnostics.contains { $0.severity == .error })
            }
        }
    }

    @Test("A diagnostic shows what is written bounded and without control characters")
    func shown() {
        let text = Sample.yaml(more: "\"\\e[31m" + String(repeating: "x", count: 5_000) + "\": 1")
        for error in errors(text) {
            #expect(error.utf8.count < 500)
            #expect(!error.unicodeScalars.contains { $0.value < 0x20 })
        }
    }

    @Test(
        "A secret that is written out never comes back in a diagnostic",
        arguments: [
            "hunter2", "\"hunter2\"", "[hunter2]", "{file: [hunter2]}", "{env: \"hunter2=x\"}", "{literal: hunter2}",
            "{command: hunter2}",
            "{hunter2: x}",
        ]
    )
    func secret(value: String) {
        let yaml = Sample.yaml().replacing("password: {file: secrets/orders-db}", with: "password: \(value)")
        let found = errors(yaml)
        #expect(!found.isEmpty)
        // A key is no value: whoever writes a secret as a key is told which key.
        if !value.hasPrefix("{hunter2") { #expect(!found.contains { $0.contains("hunter2") }) }
    }
}
