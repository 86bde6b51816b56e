import PolicyEngine
import Testing

@Suite("Globs")
struct GlobTests {
    @Test(
        "Wildcards",
        arguments: [
            ("", "", true), ("", "a", false), ("*", "", true), ("*", "anything", true), ("a*", "a", true),
            ("a*b", "ab", true),
            ("a*b", "a/b", true), ("a*b", "aXbX", false), ("*a*b*", "xxaxxbxx", true), ("*ab", "aab", true),
            ("a*a*a", "aa", false), ("a?c", "abc", false), ("[a]", "a", false), ("é*", "ete", false),
            ("é*", "école", true),
        ]
    )
    func plain(pattern: String, text: String, matches: Bool) {
        #expect(Glob(pattern).matches(text) == matches)
    }

    @Test(
        "With a separator, one star stays in its part and two do not",
        arguments: [
            ("release/*", "release/1", true), ("release/*", "release/1/2", false), ("release/**", "release/1/2", true),
            ("*/main", "a/main", true), ("*/main", "a/b/main", false), ("**/main", "a/b/main", true),
            ("**", "a/b", true),
            ("*", "a/b", false), ("a/*/c", "a/b/c", true), ("a/*/c", "a//c", true), ("a/*/c", "a/b/b/c", false),
            ("a/**/c", "a/b/b/c", true), ("**a*", "x/ab", true), ("**a*", "x/a/b", false), ("***", "a/b", true),
            ("**/*.csv", "x/y/z.csv", true), ("*b**", "ab/c", true),
        ]
    )
    func separated(pattern: String, text: String, matches: Bool) {
        #expect(Glob(pattern, separator: "/").matches(text) == matches)
    }

    /// The definition, in the plainest way.
    static func naive(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if pattern.hasPrefix("**") {
            var rest = pattern
            while rest.first == "*" { rest = rest.dropFirst() }
            return text.indices.contains { naive(rest, text[$0...]) } || naive(rest, "")
        }
        guard first == "*" else { return text.first == first && naive(pattern.dropFirst(), text.dropFirst()) }
        var tail = text
        while true {
            if naive(pattern.dropFirst(), tail) { return true }
            guard let next = tail.first, next != "/" else { return false }
            tail = tail.dropFirst()
        }
    }

    @Test("Every short pattern matches every short text as its definition says")
    func exhaustive() {
        func words(_ letters: [Character], _ length: Int) -> [String] {
            guard length > 0 else { return [""] }
            return [""] + words(letters, length - 1).flatMap { word in letters.map { word + String($0) } }
        }
        let texts = Set(words(["a", "b", "/"], 4)).sorted()
        var wrong: [String] = []
        for pattern in Set(words(["a", "/", "*"], 5)).sorted() {
            let glob = Glob(pattern, separator: "/")
            for text in texts where glob.matches(text) != GlobTests.naive(pattern[...], text[...]) {
                wrong.append("\(pattern) \(text)")
            }
        }
        #expect(wrong == [])
    }

    @Test("A pattern of many stars is matched in bounded time")
    func bounded() {
        let pattern = String(repeating: "*a", count: 100) + "b"
        #expect(!Glob(pattern).matches(String(repeating: "a", count: 4000)))
        let deep = String(repeating: "**a/*", count: 50) + "b"
        #expect(!Glob(deep, separator: "/").matches(String(repeating: "a/", count: 1000)))
    }
}
