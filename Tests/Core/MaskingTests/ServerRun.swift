import Foundation

/// One run of a script by a PostgreSQL server that lives no longer: no network, a socket in a folder of its own.
enum ServerRun {
    /// The programs of the newest PostgreSQL that is installed, where Debian keeps them.
    static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap { Int($0) }.max().map { "\(root)/\($0)/bin" }
    }()

    struct Failure: Error {
        var output: String
    }

    /// The rows that the script prints, unaligned, fields apart by `|`.
    static func rows(_ sql: String) throws -> [[String]] {
        guard let programs else { throw Failure(output: "no PostgreSQL") }
        let folder = FileManager.default.temporaryDirectory.appending(path: "masks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path(percentEncoded: false)
        try sql.write(toFile: path + "/script.sql", atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", steps, "run", path, programs]
        let output = path + "/output"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOfFile: output, encoding: .utf8)
        guard process.terminationStatus == 0 else { throw Failure(output: String(text.suffix(600))) }
        return text.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// PostgreSQL refuses to run as root, so a root's tests run it as the user that Debian made for it.
    private static let steps = """
        set -e
        cd "$1"
        as=""
        if [ "$(id -u)" = 0 ]; then chown -R postgres "$1"; as="runuser -u postgres --"; fi
        $as "$2/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale C.UTF-8 --no-sync >"$1/log" 2>&1
        trap '$as "$2/pg_ctl" -D "$1/data" -m immediate stop >>"$1/log" 2>&1' EXIT
        $as "$2/pg_ctl" -D "$1/data" -w -o "-k $1 -c listen_addresses= -c fsync=off" start >>"$1/log" 2>&1 </dev/null
        $as "$2/psql" -h "$1" -U postgres -d postgres -XAtq -v ON_ERROR_STOP=1 -f "$1/script.sql"
        """
}
