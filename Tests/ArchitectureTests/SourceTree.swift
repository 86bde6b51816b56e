import Foundation

/// The repository that this test was built from.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file below a folder of the repository, in order.
    static func swiftFiles(in folder: String) throws -> [SourceFile] {
        try paths(in: folder) { $0.hasSuffix(".swift") }.map { SourceFile(path: $0, text: try text(of: $0)) }
    }

    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The paths of the files below a folder, from the root, that a test accepts.
    static func paths(in folder: String, where accepts: (String) -> Bool = { _ in true }) throws -> [String] {
        let base = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(atPath: base.path(percentEncoded: false)) else { return [] }
        var found: [String] = []
        for case let path as String in walk where accepts(path) {
            var isFolder: ObjCBool = false
            let full = base.appending(path: path).path(percentEncoded: false)
            guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            found.append("\(folder)/\(path)")
        }
        return found.sorted()
    }

    /// The folders directly below a folder.
    static func folders(in folder: String) throws -> [String] {
        let base = root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(at: base, includingPropertiesForKeys: [.isDirectoryKey])
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent)
            .sorted()
    }
}
