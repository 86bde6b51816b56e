/// Rows under headers, each column as wide as its widest cell. The last column is cut to the terminal.
///
/// Rows are printed in batches, so that a long list needs little memory; a column never gets narrower.
struct TextTable {
    struct Cell {
        var text: String
        var tone: TextStyle.Tone = .plain
    }

    private let headers: [String]
    private let printer: Printer
    private var widths: [Int]
    private var rows: [[Cell]] = []
    private var hasHeader = false

    private static let batch = 200
    private static let gap = "  "

    init(_ headers: [String], printer: Printer) {
        self.headers = headers
        self.printer = printer
        widths = headers.map(\.count)
    }

    mutating func add(_ cells: [Cell]) throws {
        rows.append(cells)
        if rows.count >= TextTable.batch { try flush() }
    }

    /// Prints what was added. Without any row nothing is printed, not even the headers.
    mutating func flush() throws {
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.text.count) }
        }
        if !hasHeader, !rows.isEmpty {
            hasHeader = true
            try print(headers.map { Cell(text: $0, tone: .dim) })
        }
        for row in rows { try print(row) }
        rows.removeAll(keepingCapacity: true)
        try printer.flush()
    }

    private func print(_ row: [Cell]) throws {
        var line = ""
        for (column, cell) in row.enumerated() {
            let isLast = column == row.count - 1
            let text = isLast ? cut(cell.text) : cell.text
            line += printer.style.paint(text, cell.tone)
            if !isLast { line += String(repeating: " ", count: widths[column] - cell.text.count) + TextTable.gap }
        }
        try printer.line(line)
    }

    private func cut(_ text: String) -> String {
        guard let columns = printer.style.columns else { return text }
        let taken = widths.dropLast().reduce(0) { $0 + $1 + TextTable.gap.count }
        let room = max(20, columns - taken)
        return text.count <= room ? text : text.prefix(room - 1) + "…"
    }
}
