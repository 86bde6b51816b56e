import AccessModel
import Foundation
import StatementAnalysis
import Testing

/// Against an independent walk of the parser's tree, over PostgreSQL's regression suite. The statements and what the walk
/// says of them are made by `Tests/Integration/clients/pglast_walk.py` (`make differential`).
@Suite("Every statement of the regression suite")
struct DifferentialTests {
    /// A line of the file: `{"file":…,"sql":…,"effects":[[action, schema, name],…],"changes":…}`.
    private struct Line: Decodable {
        var file: String
        var sql: String
        var effects: [[String?]]
        var changes: Bool
    }

    private static let path = ProcessInfo.processInfo.environment["COUNTERSIGN_STATEMENTS"]

    private static func lines() throws -> [Line] {
        let content = try String(contentsOfFile: path ?? "", encoding: .utf8)
        let decoder = JSONDecoder()
        return try content.split(separator: "\n").map { try decoder.decode(Line.self, from: Data($0.utf8)) }
    }

    @Test("No statement is weaker than what it does, and at most 2% are not understood", .enabled(if: path != nil))
    func agreesWithAnotherWalk() throws {
        let lines = try Self.lines()
        #expect(lines.count > 30_000)
        var refused: [String: Int] = [:]
        for line in lines {
            let analysis = try Self.analysis(of: line.sql)
            if let refusal = analysis.refusal {
                refused["\(refusal.code)", default: 0] += 1
                continue
            }
            let found = analysis.statements.flatMap { Self.effects(of: $0) }
            let missing = line.effects.filter { expected in !found.contains { Self.covers($0, expected) } }
            #expect(missing.isEmpty, "\(line.file): \(line.sql)")
            let changes = found.contains { $0.action.isChange || $0.action == .set || $0.action == .setRole }
            #expect(changes || !line.changes, "\(line.file): \(line.sql)")
        }
        let count = refused.values.reduce(0, +)
        print("not understood: \(count) of \(lines.count) statements: \(refused)")
        #expect(count * 50 <= lines.count)
    }

    private static func analysis(of text: String) throws -> Analysis {
        guard text.utf8.count > AnalysisLimits.inline else { return StatementAnalyzer().analyze(text) }
        return try #require(onDeepStack { StatementAnalyzer().analyze(text) })
    }

    /// Those of a prepared statement too, which count when it is executed.
    private static func effects(of statement: AnalyzedStatement) -> [UnresolvedEffect] {
        statement.effects
            + statement.session.flatMap { change -> [UnresolvedEffect] in
                guard case .prepares(_, let inner) = change else { return [] }
                return effects(of: inner)
            }
    }

    private static func covers(_ effect: UnresolvedEffect, _ expected: [String?]) -> Bool {
        effect.action.rawValue == expected[0] && effect.object.name == expected[2]
            && (expected[1] == nil || effect.object.schema == expected[1])
    }
}
