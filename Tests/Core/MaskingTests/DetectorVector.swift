import Foundation
import Testing

/// One case of `Vectors/detectors`: a value on a line (`\n` is a new line), and what is found in it.
struct DetectorVector: CustomTestStringConvertible, Sendable {
    var line: Int
    var value: String
    var expected: [String]

    var testDescription: String { "line \(line): \(value)" }

    static let all: [DetectorVector] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Vectors/detectors/found.txt").standardizedFileURL
        guard let content = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        var vectors: [DetectorVector] = []
        for (number, line) in content.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let text = line.replacingOccurrences(of: "\\n", with: "\n")
            if line.hasPrefix("-> "), !vectors.isEmpty {
                if line != "-> clean" { vectors[vectors.count - 1].expected.append(String(text.dropFirst(3))) }
            } else if !line.isEmpty, !line.hasPrefix("#") {
                vectors.append(DetectorVector(line: number + 1, value: text, expected: []))
            }
        }
        return vectors
    }()
}
