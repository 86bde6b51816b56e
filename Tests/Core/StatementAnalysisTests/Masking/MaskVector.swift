import Foundation
import Testing

/// One case of `Vectors/masking`: a text, and what becomes of it.
///
/// A file is blocks between empty lines: `# comment` lines, the text, then lines that begin with `-> `: `unchanged`,
/// `refused: REASON`, or the lines of the rewritten text with `{customers}` for the sub-select of a relation.
struct MaskVector: CustomTestStringConvertible, Sendable {
    var file: String
    var line: Int
    var text: String
    var expected: String

    var testDescription: String { "\(file):\(line)" }

    static let all: [MaskVector] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../../Vectors/masking").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.flatMap { read($0) }
    }()

    private static func read(_ file: URL) -> [MaskVector] {
        guard let content = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        var vectors: [MaskVector] = []
        var text: [Substring] = []
        var expected: [String] = []
        for (number, line) in (content + "\n\n").split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("-> ") {
                expected.append(String(line.dropFirst(3)))
            } else if !line.isEmpty {
                if !line.hasPrefix("# ") { text.append(line) }
            } else if !text.isEmpty || !expected.isEmpty {
                vectors.append(
                    MaskVector(
                        file: file.lastPathComponent,
                        line: number - text.count - expected.count + 1,
                        text: text.joined(separator: "\n"),
                        expected: expected.joined(separator: "\n")
                    )
                )
                (text, expected) = ([], [])
            }
        }
        return vectors
    }

    /// The expected text with its sub-selects.
    var written: String {
        MaskFixture.expected.reduce(expected) { text, entry in
            let (name, parts) = entry
            return text.replacing("{\(name)}", with: "(SELECT \(parts.list) FROM \(parts.base))")
                .replacing("{only \(name)}", with: "(SELECT \(parts.list) FROM ONLY \(parts.base))")
        }
    }
}
