internal import Foundation

/// The programs of the newest PostgreSQL server of the machine.
struct PostgresPrograms: Sendable {
    private let folder: String

    /// Looks where Debian has them (`/usr/lib/postgresql/VERSION/bin`), then along the PATH.
    static func find() throws -> PostgresPrograms {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        let debian = versions.compactMap(Int.init).sorted(by: >).map { "\(base)/\($0)/bin" }
        let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        for folder in debian + path where ["initdb", "postgres"].allSatisfy({ isProgram("\(folder)/\($0)") }) {
            return PostgresPrograms(folder: folder)
        }
        throw Failure("there is no PostgreSQL server on this machine: install the package postgresql")
    }

    var initdb: String { "\(folder)/initdb" }
    var postgres: String { "\(folder)/postgres" }

    private static func isProgram(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }
}
