import Foundation

/// `Tests/Integration/clients/tlog_verify.py`, which shares no code with what is tested here.
struct SecondImplementation {
    /// A folder of its own, removed with this value's `remove`.
    let folder: URL

    struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tlog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes a file below the folder, and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to path: String) throws -> String {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path(percentEncoded: false)
    }

    func path(_ name: String = "") -> String {
        folder.appending(path: name).path(percentEncoded: false)
    }

    func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }

    /// Runs a verb and returns what it printed; throws with its words where it refused.
    func run(_ arguments: String...) throws -> [UInt8] {
        let process = Process()
        let root = SecondImplementation.root
        process.executableURL = root.appending(path: ".build/venv/bin/python")
        process.arguments =
            [root.appending(path: "Tests/Integration/clients/tlog_verify.py").path(percentEncoded: false)] + arguments
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        do {
            try process.run()
        } catch {
            throw Refusal(description: "no Python with the client drivers: run scripts/bootstrap")
        }
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        let words = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refusal(description: String(decoding: words, as: UTF8.self)) }
        return Array(printed)
    }
}
