package import AccessModel
internal import StatementAnalysis

/// A snapshot in a file, for policy without a target: what psql writes for the questions that a gateway asks.
///
/// The rows are in COPY's text format (PostgreSQL, "COPY", File Formats): a line each, tabs between columns, backslash
/// sequences, `\N` for NULL.
package struct CatalogFile: Sendable {
    package let catalog: Catalog
    let view: CatalogView

    /// What to give to psql. Its output is the file.
    package static var question: String {
        let statements = CatalogQuestion.statements(system: true) + ["SELECT '\(last)'"]
        return statements.map { "COPY (\($0)) TO STDOUT;" }.joined(separator: "\n")
    }

    /// The last line: a file without it was cut.
    private static let last = "countersign catalog 1"

    /// Nil where this is no such file, or one that is cut or larger than a gateway would read.
    package init?(_ text: String) {
        var rows = CatalogRows()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.last == CatalogFile.last[...] else { return nil }
        for line in lines.dropLast() {
            guard let row = CatalogFile.columns(of: line), row.count > 2, ["s", "u"].contains(row[0]) else {
                return nil
            }
            rows.take(row)
        }
        guard !rows.isOver, !rows.system.isEmpty, let catalog = CatalogBuild(rows.system, rows.user).catalog(version: 1)
        else { return nil }
        self.init(catalog)
    }

    init(_ catalog: Catalog) {
        self.catalog = catalog
        view = CatalogView(catalog: catalog, effects: EffectCache(capacityBytes: 1 << 20))
    }

    /// The names of pg_catalog's relations, which come before a session's own path.
    package var systemRelations: Set<String> {
        Set(catalog.relations.keys.filter { $0.schema == "pg_catalog" }.map(\.name))
    }

    private static func columns(of line: Substring) -> [String]? {
        var columns: [String] = []
        for text in line.split(separator: "\t", omittingEmptySubsequences: false) {
            guard let column = text == "\\N" ? "" : unescaped(text) else { return nil }
            columns.append(column)
        }
        return columns
    }

    /// Names can have any character but NUL.
    private static func unescaped(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return String(text) }
        var result = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "\\" else {
                result.append(scalar)
                continue
            }
            guard let kind = scalars.next(), let meant = escapes[kind] else { return nil }
            result.append(meant)
        }
        return String(result)
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\\": "\\", "t": "\t", "n": "\n", "r": "\r", "b": "\u{8}", "f": "\u{c}", "v": "\u{b}",
    ]
}
