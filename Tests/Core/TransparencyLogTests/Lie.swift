import Foundation
import Testing

/// A line of `Vectors/TransparencyLog/lies.txt`: an edit of a good file, and what the verifier says to it.
struct Lie: Sendable, CustomTestStringConvertible {
    var file: String
    var old: String
    var new: String
    var expected: String

    var testDescription: String { "\(file): \(old) becomes \(new)" }

    static let all: [Lie] = VectorFile.lines("lies.txt").compactMap { line in
        let parts = line.components(separatedBy: " | ")
        guard parts.count == 4 else { return nil }
        return Lie(file: parts[0], old: parts[1], new: parts[2], expected: parts[3])
    }

    /// The file with the edit in it; nil unless what is replaced stands in it exactly once.
    var edited: [UInt8]? {
        let text = VectorFile.text(file)
        let parts = text.components(separatedBy: Lie.plain(old))
        guard parts.count == 2 else { return nil }
        let bytes = new.components(separatedBy: "\\xff").map { Array(Lie.plain($0).utf8) }
        return Array(parts[0].utf8) + bytes.joined(separator: [0xFF]) + Array(parts[1].utf8)
    }

    private static func plain(_ text: String) -> String {
        text.replacingOccurrences(of: "\\n", with: "\n").replacingOccurrences(of: "\\t", with: "\t")
            .replacingOccurrences(of: "\\e", with: "").replacingOccurrences(of: "\\x1", with: "\u{1}")
    }
}
