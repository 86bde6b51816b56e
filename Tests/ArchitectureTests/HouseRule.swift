/// A rule that the code of a file keeps, and the folders that it is for.
struct HouseRule: Sendable {
    var name: String
    /// Whether the rule is for the file of a path.
    var concerns: @Sendable (String) -> Bool
    /// The lines that break it, from 1.
    var broken: @Sendable (SourceFile) -> [Int]

    func violations(in file: SourceFile) -> [String] {
        guard concerns(file.path) else { return [] }
        return broken(file).map { "\(file.path):\($0): \(name)" }
    }
}

extension HouseRule {
    static let all: [HouseRule] = [
        // A peer's bytes, a policy file or a full disk must never be able to stop the gateway.
        HouseRule(name: "no `try!`", concerns: isSource) { $0.lines(matching: /\btry!/) },
        HouseRule(name: "no `as!`", concerns: isSource) { $0.lines(matching: /\bas!/) },
        HouseRule(name: "no `fatalError`", concerns: isSource) { $0.lines(matching: /\bfatalError\s*\(/) },
        HouseRule(name: "no `nonisolated(unsafe)`", concerns: isSource) {
            $0.lines(matching: /\bnonisolated\s*\(\s*unsafe\s*\)/)
        },
        // What a library prints goes nowhere that an operator looks, and past the rules for logs.
        HouseRule(name: "only the CLI prints", concerns: isLibrary) { $0.lines(matching: /(?:^|[^.\w])print\s*\(/) },
        HouseRule(name: "Core is pure: no `async`, no `await`", concerns: isCore) {
            $0.lines(matching: /\b(?:async|await)\b/)
        },
        HouseRule(name: "Core is pure: no clock and no randomness", concerns: isCore) {
            $0.lines(
                matching: /\b(?:ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|\w*\.random\s*\(|Date\s*\()/
            )
        },
        HouseRule(name: "`@unchecked Sendable` says in a comment beside it why it is safe", concerns: isSource) {
            file in
            file.lines(matching: /@unchecked\s+Sendable/).filter { !file.hasComment(beside: $0) }
        },
    ]

    @Sendable private static func isSource(_ path: String) -> Bool { path.hasPrefix("Sources/") }
    @Sendable private static func isCore(_ path: String) -> Bool { path.hasPrefix("Sources/Core/") }
    @Sendable private static func isLibrary(_ path: String) -> Bool {
        isSource(path) && !path.hasPrefix("Sources/App/")
    }
}

extension SourceFile {
    /// Whether the line above a line, attributes passed over, or the line below it is a comment.
    fileprivate func hasComment(beside line: Int) -> Bool {
        var index = line - 2
        let all = lines
        if line < all.count, all[line].trimmingPrefix(while: \.isWhitespace).hasPrefix("//") { return true }
        while index >= 0 {
            let text = all[index].trimmingPrefix(while: \.isWhitespace)
            if text.hasPrefix("//") { return true }
            guard text.hasPrefix("@") else { return false }
            index -= 1
        }
        return false
    }
}
