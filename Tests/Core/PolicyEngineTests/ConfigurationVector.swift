import Foundation
import PolicyEngine
import Testing

/// A case of Vectors/configuration: an edit of base.yaml and the diagnostics that it must give.
struct ConfigurationVector: CustomTestStringConvertible, Sendable {
    var name: String
    var edits: [(old: String, new: String)] = []
    var expected: [String] = []

    var testDescription: String { name }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Vectors").standardizedFileURL

    static func text(_ path: String) -> String {
        (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)) ?? ""
    }

    static let base = text("configuration/base.yaml")

    static func load(_ file: String) -> [ConfigurationVector] {
        var cases: [ConfigurationVector] = []
        var wasNew = true
        for line in text("configuration/\(file)").split(separator: "\n", omittingEmptySubsequences: false) {
            let rest = String(line.dropFirst(2))
            switch line.first {
            case "#": cases.append(ConfigurationVector(name: rest))
            case "-" where !wasNew:
                cases[cases.count - 1].edits[cases[cases.count - 1].edits.count - 1].old += "\n" + rest
            case "-": cases[cases.count - 1].edits.append((rest, ""))
            case "+": cases[cases.count - 1].edits[cases[cases.count - 1].edits.count - 1].new += rest + "\n"
            case "!" where rest != "none": cases[cases.count - 1].expected.append(rest)
            case "!": cases[cases.count - 1].edits.append(("version: 1", "version: 1\n"))
            default: break
            }
            wasNew = line.first != "-"
        }
        return cases.filter { !$0.edits.isEmpty }
    }

    /// Nil where a text to replace does not occur exactly once.
    var yaml: String? {
        edits.reduce(Optional(ConfigurationVector.base)) { text, edit in
            guard let text, text.components(separatedBy: "\n\(edit.old)\n").count <= 2 else { return nil }
            let lines = "\n" + text
            guard lines.components(separatedBy: "\n\(edit.old)\n").count == 2 else { return nil }
            return String(lines.replacingOccurrences(of: "\n\(edit.old)\n", with: "\n" + edit.new).dropFirst())
        }
    }

    var found: [String]? {
        yaml.map { yaml in
            Configuration.parse(yaml, file: "F").diagnostics.map { String($0.description.dropFirst(2)) }
        }
    }
}
