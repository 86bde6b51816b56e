internal import Foundation

/// A program to run as a child that ends when this process does, however this process ends.
struct ChildProgram: Sendable {
    var path: String
    var arguments: [String]
    var user: SystemUser?
    var input = ""
    /// The file that everything it writes is added to.
    var log: String

    /// Runs it to its end. Throws one line with the end of what it wrote when it fails.
    func run(to what: String) async throws {
        let server = try await ChildServer.start(self)
        let status = try await server.waitForEnd()
        guard status == 0 else {
            let program = URL(fileURLWithPath: path).lastPathComponent
            throw Failure("cannot \(what): \(program) ended with \(status): \(lastWords)")
        }
    }

    /// The last line of the log that tells of an error, or the last at all.
    var lastWords: String {
        let text = FileManager.default.contents(atPath: log).map { String(decoding: $0.suffix(16_384), as: UTF8.self) }
        let lines = text?.split(whereSeparator: \.isNewline) ?? []
        let words = lines.last { line in ["FATAL", "PANIC", "error:"].contains { line.contains($0) } } ?? lines.last
        return "\(words ?? "it wrote nothing") (\(log))"
    }

    /// `setpriv` is in util-linux, which every Debian has.
    var command: [String] {
        var words = ["/usr/bin/setpriv", "--pdeathsig", "INT"]
        if let user { words += ["--reuid", "\(user.id)", "--regid", "\(user.group)", "--clear-groups"] }
        return words + ["--", path] + arguments
    }

    /// Nothing of the caller's `PG…` variables and locale.
    static let environment = ["PATH": "/usr/bin:/bin", "LANG": "C", "TZ": "UTC", "HOME": "/"]
}
