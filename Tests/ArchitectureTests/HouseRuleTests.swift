import Foundation
import Testing

@Suite("The rules of the house")
struct HouseRuleTests {
    @Test("Every source keeps every rule")
    func sourcesKeepTheRules() throws {
        let violations = try SourceTree.swiftFiles(in: "Sources").flatMap { file in
            HouseRule.all.flatMap { $0.violations(in: file) }
        }
        #expect(violations == [])
    }

    @Test("A file has at most 500 lines, sources and tests alike")
    func filesAreShort() throws {
        for file in try SourceTree.swiftFiles(in: "Sources") + SourceTree.swiftFiles(in: "Tests")
        where !HouseRuleTests.longFiles.contains(file.path) {
            #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines")
        }
    }

    /// Generated tables and exhaustive switches over messages, each with its reason.
    private static let longFiles: Set<String> = []

    @Test("A file is named after what it holds: no Utils, Helpers, Common, Manager")
    func filesAreNamed() throws {
        for path in try SourceTree.paths(in: "Sources") + SourceTree.paths(in: "Tests") {
            #expect(!HouseRuleTests.isVague(path), "\(path)")
        }
    }

    @Test(
        "A vague name is found",
        arguments: ["A/StringUtils.swift", "Helpers/A.swift", "A/Common.swift", "A/PoolManager.swift"]
    )
    func findsAVagueName(path: String) {
        #expect(HouseRuleTests.isVague(path))
    }

    private static func isVague(_ path: String) -> Bool {
        path.split(separator: "/").contains { part in
            let name = part.split(separator: ".").first ?? part
            return ["Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Manager"].contains {
                name.hasSuffix($0)
            }
        }
    }

    @Test("Nothing in the repository names a path of one machine")
    func namesNoMachine() throws {
        // In pieces, so that this file does not hold what it looks for.
        let paths = ["work", "root", "opt"].map { "/" + $0 + "/" } + ["/" + "home/"]
        let texts = [".swift", ".md", ".py", ".java", ".sql", ".yaml", ".sh", ".txt"]
        for folder in ["Sources", "Tests", "docs", "scripts", "packaging", "Vectors"] {
            for path in try SourceTree.paths(in: folder)
            where texts.contains(where: path.hasSuffix) || folder == "scripts" {
                guard let text = try? SourceTree.text(of: path) else { continue }
                for machine in paths {
                    #expect(!text.contains(machine), "\(path) names \(machine)")
                }
            }
        }
    }

    @Test(
        "A broken rule is found, and where",
        arguments: [
            ("Sources/Wire/PostgresWire/A.swift", "let a = try! b()", "no `try!`"),
            ("Sources/Wire/PostgresWire/A.swift", "let a = b as! C", "no `as!`"),
            ("Sources/App/countersign/A.swift", "fatalError(\"no\")", "no `fatalError`"),
            ("Sources/Console/A.swift", "nonisolated(unsafe) var a = 1", "no `nonisolated(unsafe)`"),
            ("Sources/Console/A.swift", "    print(a)", "only the CLI prints"),
            ("Sources/Core/AccessModel/A.swift", "func a() async {}", "Core is pure: no `async`, no `await`"),
            (
                "Sources/Core/AccessModel/A.swift", "let a = Int.random(in: 0..<9)",
                "Core is pure: no clock and no randomness"
            ),
            (
                "Sources/Console/A.swift", "final class A: @unchecked Sendable {}",
                "`@unchecked Sendable` says in a comment beside it why it is safe"
            ),
        ]
    )
    func findsABrokenRule(path: String, line: String, rule: String) {
        let file = SourceFile(path: path, text: "\n\(line)\n")
        #expect(HouseRule.all.flatMap { $0.violations(in: file) } == ["\(path):2: \(rule)"])
    }

    @Test(
        "What only looks like a broken rule is passed over",
        arguments: [
            "// try! this", "let a = \"fatalError(\"", "let a = \"\\(b(\"print(\")) print(\"", "json.print(a)",
            "let a = #\"try! \"b\" \"#", "/* a /* as! */ await */", "/// Why.\nfinal class A: @unchecked Sendable {}",
            "// Why.\n@available(*, unavailable)\nextension A: @unchecked Sendable {}",
        ]
    )
    func passesOverLookalikes(text: String) {
        let file = SourceFile(path: "Sources/Core/AccessModel/A.swift", text: text)
        #expect(HouseRule.all.flatMap { $0.violations(in: file) } == [])
    }
}
