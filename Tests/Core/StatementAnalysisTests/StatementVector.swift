import Foundation
import Testing

/// One case of `Vectors/statements`: a text, and the lines that its analysis must give.
///
/// A file is blocks between empty lines: `# comment` lines, the text, then lines that begin with `-> `.
struct StatementVector: CustomTestStringConvertible, Sendable {
    var file: String
    var line: Int
    var text: String
    var expected: [String]

    var testDescription: String { "\(file):\(line)" }

    /// Those that need no catalog.
    static let all = files { $0 != "columns.txt" }

    /// Those whose names are looked up in the catalog at the top of their file.
    static let columns = files { $0 == "columns.txt" }

    private static func files(where isWanted: (String) -> Bool) -> [StatementVector] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Vectors/statements").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "txt" && isWanted($0.lastPathComponent) }
            .sorted { $0.path < $1.path }.flatMap { read($0) }
    }

    private static func read(_ file: URL) -> [StatementVector] {
        guard let content = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        var vectors: [StatementVector] = []
        var text: [Substring] = []
        var expected: [String] = []
        for (number, line) in (content + "\n\n").split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("-> ") {
                expected.append(String(line.dropFirst(3)))
            } else if !line.isEmpty {
                if !line.hasPrefix("# ") { text.append(line) }
            } else if text.first?.hasPrefix("= ") ?? false {
                text = []
            } else if !text.isEmpty || !expected.isEmpty {
                vectors.append(
                    StatementVector(
                        file: file.lastPathComponent,
                        line: number - text.count - expected.count + 1,
                        text: text.joined(separator: "\n"),
                        expected: expected
                    )
                )
                (text, expected) = ([], [])
            }
        }
        return vectors
    }
}
