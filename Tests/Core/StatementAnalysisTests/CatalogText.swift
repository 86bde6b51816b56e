import AccessModel
import Foundation
import StatementAnalysis

/// A catalog as the lines at the top of a vector file tell it, each after `= `:
///
///     table public.orders(id integer, total numeric, double numeric from total)
///     view public.open_orders(id integer) reads public.orders(id, status)
///     function public.purge   function public.eq immutable c
///     operator public.=== public.eq      (sign or type, then the function)
///     path pg_catalog, public
struct CatalogText {
    private(set) var relations: [CatalogRelation] = []
    private(set) var functions: [CatalogFunction] = []
    private(set) var operators: [CatalogOperator] = []
    private(set) var path: [String] = []
    private(set) var made: Set<ObjectName> = []

    static let columns: CatalogText = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Vectors/statements/columns.txt").standardizedFileURL
        var text = CatalogText()
        for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
        where line.hasPrefix("= ") {
            text.read(line.dropFirst(2))
        }
        return text
    }()

    var catalog: Catalog {
        Catalog(version: 1, relations: relations, functions: functions, operators: operators)
    }

    var searchPath: SearchPath {
        SearchPath(schemas: path, catalogRelations: [], made: made)
    }

    private mutating func read(_ line: Substring) {
        let words = line.split(separator: " ", maxSplits: 1)
        switch words[0] {
        case "path": path = words[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        case "made": made.insert(name(words[1]))
        case "function": function(words[1].split(separator: " "))
        case "operator":
            let names = words[1].split(separator: " ")
            operators.append(CatalogOperator(name: name(names[0]), function: name(names[1])))
        default: relation(words[0], words[1])
        }
    }

    private mutating func function(_ words: [Substring]) {
        functions.append(
            CatalogFunction(
                name: name(words[0]),
                volatility: words.contains("immutable") ? "i" : "v",
                language: words.contains("c") ? "c" : "sql"
            )
        )
    }

    private mutating func relation(_ kind: Substring, _ line: Substring) {
        let kinds: [Substring: CatalogRelation.Kind] = ["view": .view, "table": .table, "sequence": .sequence]
        let head = line.prefix { $0 != "(" }
        let inside = line[head.endIndex...].dropFirst().prefix { $0 != ")" }
        let columns = inside.split(separator: ",").map { column -> CatalogColumn in
            let words = column.split(separator: " ")
            let from = words.count > 3 && words[2] == "from" ? words[3...].map(String.init) : []
            return CatalogColumn(name: String(words[0]), type: String(words[1]), generatedFrom: from)
        }
        relations.append(CatalogRelation(name: name(head), kind: kinds[kind] ?? .table, columns: columns))
    }

    private func name(_ text: Substring) -> ObjectName {
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        return ObjectName(schema: parts[0], name: parts[1])
    }
}
