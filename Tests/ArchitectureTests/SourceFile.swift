/// A Swift file of the repository, with its code apart from its comments and literals.
struct SourceFile: Sendable {
    /// From the root of the repository: `Sources/Core/AccessModel/Effect.swift`.
    var path: String
    var text: String
    /// `text` with comments and literals blanked; the same lines.
    var code: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        self.code = SwiftLexer.code(of: text)
    }

    var lines: [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    var codeLines: [Substring] {
        code.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The modules that it imports, and on which line.
    var imports: [(module: String, line: Int)] {
        codeLines.enumerated().compactMap { index, line in
            // Compiling the expression is the cost here, and few lines need it.
            guard line.utf8.contains(UInt8(ascii: "i")), line.contains("import"),
                let match = line.firstMatch(of: SourceFile.importLine)
            else { return nil }
            return (String(match.1), index + 1)
        }
    }

    /// The lines of its code, from 1, that match a pattern.
    func lines(matching pattern: Regex<Substring>) -> [Int] {
        codeLines.enumerated().compactMap { $1.contains(pattern) ? $0 + 1 : nil }
    }

    /// `import A`, `package import A`, `@testable import A`, `import struct A.B`.
    private static var importLine: Regex<(Substring, Substring)> {
        /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
    }
}
