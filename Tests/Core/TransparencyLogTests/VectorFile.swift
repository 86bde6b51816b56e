import Foundation

/// The text files of `Vectors/TransparencyLog`.
enum VectorFile {
    static func text(_ name: String) -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Vectors/TransparencyLog").standardizedFileURL
        return (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }

    /// Without comments and empty lines.
    static func lines(_ name: String) -> [String] {
        text(name).components(separatedBy: "\n").filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    static func bytes(hex: String) -> [UInt8] {
        var digits = hex[...]
        var bytes: [UInt8] = []
        while digits.count >= 2 {
            bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
            digits = digits.dropFirst(2)
        }
        return bytes
    }
}
