import Foundation

/// Debian's glewlwyd as the OpenID Connect provider of people: HTTP on the loopback address, sqlite in a folder of its own.
struct LoginProviderSite: Sendable {
    let url: String
    private let process: ChildProcess

    static let program = "/usr/bin/glewlwyd"

    /// Starts it with five people in it, and a client whose codes go to `callback`.
    static func start(callback: String) async throws -> LoginProviderSite {
        let folder = try Leash.makeFolder("provider").path(percentEncoded: false)
        let port = try Machine.freePort()
        let script = Machine.client("oidc_provider.py")
        try await Command(Machine.python, [script, "prepare", folder, "\(port)"]).run().checked()
        let process = try ChildProcess(
            program,
            ["--config-file=\(folder)/glewlwyd.conf"],
            log: URL(filePath: folder).appending(path: "output.log")
        )
        let url = "http://127.0.0.1:\(port)"
        let filled = try await Command(Machine.python, [script, "fill", url, callback]).run()
        guard filled.status == 0 else { throw HarnessError("\(filled) \(process.logText)") }
        return LoginProviderSite(url: url, process: process)
    }

    func stop() async throws {
        try await process.stop(SIGKILL)
    }
}
