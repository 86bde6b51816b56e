internal import Foundation

/// The file `postmaster.pid` of a PostgreSQL data folder: a line with the server's process, one with the folder, and in
/// the eighth how far the start is (PostgreSQL's miscadmin.h, "LOCK_FILE_LINE").
struct PostmasterFile {
    let data: String

    var isReady: Bool {
        let lines = lines
        return lines.count >= 8 && lines[7].hasPrefix("ready") && livingServer != nil
    }

    /// The process, if it lives and is PostgreSQL for this folder: the number may be another's by now.
    var livingServer: pid_t? {
        guard let first = lines.first, let pid = pid_t(first), pid > 1,
            let raw = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
        else { return nil }
        let words = raw.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let isServer = words.first.map { URL(fileURLWithPath: $0).lastPathComponent == "postgres" } ?? false
        return isServer && words.contains(data) ? pid : nil
    }

    private var lines: [Substring] {
        guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
