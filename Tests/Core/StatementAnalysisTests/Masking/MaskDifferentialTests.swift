import AccessModel
import Foundation
import StatementAnalysis
import Testing

/// Over PostgreSQL's regression suite, with a mask on every relation that an independent walk of the parser's tree finds
/// (`make differential`).
@Suite("Every statement of the regression suite, masked")
struct MaskDifferentialTests {
    private struct Line: Decodable {
        var file: String
        var sql: String
        var effects: [[String?]]
    }

    private static let path = ProcessInfo.processInfo.environment["COUNTERSIGN_STATEMENTS"]

    @Test("What another walk finds read is masked or refused", .enabled(if: path != nil))
    func missesNothing() throws {
        let decoder = JSONDecoder()
        var counts: [String: Int] = [:]
        for text in try String(contentsOfFile: Self.path ?? "", encoding: .utf8).split(separator: "\n") {
            let line = try decoder.decode(Line.self, from: Data(text.utf8))
            let answer = try #require(onDeepStack { Self.masked(line.sql, masks: Self.masks(of: line)) })
            let read = Self.read(by: line)
            switch answer {
            case .success(let masked):
                let missed = read.subtracting(masked?.masked.map(\.relation) ?? [])
                #expect(missed.isEmpty, "\(line.file): \(line.sql)")
                counts[masked == nil ? "unchanged" : "rewritten", default: 0] += 1
            case .failure(let refusal):
                #expect(refusal.code != .differs, "\(line.file): \(line.sql)")
                counts[Self.word(refusal.code), default: 0] += 1
            }
        }
        print("masked: \(counts.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" })")
    }

    /// What the other walk says is read. It counts LOCK, and the row that an INSERT gives back or conflicts with, of which
    /// no masked column is read here.
    private static func read(by line: Line) -> Set<ObjectName> {
        let words = line.sql.lowercased()
        var targets = words.contains("lock table") ? line.effects : []
        if words.contains("returning") || words.contains("conflict") {
            targets += line.effects.filter { $0[0] == "insert" }
        }
        return Set(line.effects.filter { $0[0] == "select" }.map { name($0) }).subtracting(targets.map { name($0) })
    }

    private static func masked(_ text: String, masks: MasksInForce) -> Result<MaskedText?, MaskRefusal> {
        let path = SearchPath(schemas: ["pg_catalog", "public"], catalogRelations: [])
        return Result { () throws(MaskRefusal) in try StatementMasker().mask(text, masks, path: path) }
    }

    private static func name(_ effect: [String?]) -> ObjectName {
        ObjectName(schema: effect[1] ?? "public", name: effect[2] ?? "")
    }

    /// Every relation of the statement, each with a masked column of a name that the statement does not have.
    private static func masks(of line: Line) -> MasksInForce {
        let names = Set(line.effects.map { name($0) })
        let columns = [CatalogColumn(name: "masked column", type: "text"), CatalogColumn(name: "a", type: "integer")]
        let catalog = Catalog(
            version: 1,
            relations: names.map { CatalogRelation(name: $0, kind: .table, columns: columns) }
        )
        return MasksInForce(
            Dictionary(uniqueKeysWithValues: names.map { ($0, ["masked column": MaskMethod.redact]) }),
            in: catalog
        )
    }

    /// The name of a code without what it carries.
    private static func word(_ code: MaskRefusal.Code) -> String {
        String("\(code)".prefix { $0 != "(" })
    }
}
