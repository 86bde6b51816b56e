import Foundation

/// An OpenID Connect provider that is a Python program of the tests, on a port of the loopback address.
struct OwnProviderSite: Sendable {
    let port: Int
    private let process: ChildProcess

    /// One that says whatever a test wants it to say, and asks nobody for a password.
    static func start() async throws -> OwnProviderSite {
        let port = try Machine.freePort()
        return try await start("own_provider.py", ["\(port)"], port, in: Leash.makeFolder("own-provider"))
    }

    /// One with a login page, whose codes go to `callback`.
    static func startForBrowsers(callback: String) async throws -> OwnProviderSite {
        let port = try Machine.freePort()
        let folder = try Leash.makeFolder("people-provider")
        let arguments = [folder.path(percentEncoded: false), "\(port)", callback]
        return try await start("people_provider.py", arguments, port, in: folder)
    }

    private static func start(
        _ script: String,
        _ arguments: [String],
        _ port: Int,
        in folder: URL
    ) async throws -> OwnProviderSite {
        let log = folder.appending(path: "output.log")
        let process = try ChildProcess(Machine.python, [Machine.client(script)] + arguments, log: log)
        try await Deadline.patient.wait("the provider to listen") {
            if let status = process.exitStatus { throw HarnessError("it ended with \(status): \(process.logText)") }
            return process.logText.contains("listening") ? true : nil
        }
        return OwnProviderSite(port: port, process: process)
    }

    func stop() async throws {
        try await process.stop(SIGKILL)
    }
}
