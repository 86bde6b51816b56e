import AccessModel
import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import Console

@Suite("The admin socket")
struct AdminServerTests {
    private static let ports = AdminPorts(
        reload: { .refused([]) },
        sessions: { [] },
        kill: { _ in false },
        status: {
            GatewayStatus(
                version: "0",
                origin: "o",
                policy: "p",
                started: Timestamp(seconds: 0),
                sessions: 0,
                records: 0,
                readiness: Readiness([])
            )
        }
    )

    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs the server on a socket in a folder of its own while `body` runs.
    private func withServer(before: (String) throws -> Void = { _ in }, _ body: (String) throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cs-\(UInt32.random(in: 0...UInt32.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "admin.sock").path(percentEncoded: false)
        try before(path)

        let (listening, signal) = AsyncStream<Void>.makeStream()
        let server = try AdminServer(
            path: path,
            ports: AdminServerTests.ports,
            logger: AdminServerTests.quiet,
            onListening: { signal.finish() }
        )
        let group = ServiceGroup(services: [server], logger: AdminServerTests.quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { signal.finish() }
                try await group.run()
            }
            for await _ in listening {}
            let result = Result { try body(path) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try result.get()
        }
        #expect(!FileManager.default.fileExists(atPath: path), "the socket is removed at the end")
    }

    @Test("Only its owner may open it, and nothing is left beside it")
    func isOwnerOnly() async throws {
        try await withServer { path in
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFSOCK)
            #expect(status.st_mode & 0o777 == 0o600)
            let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files == ["admin.sock"])
        }
    }

    @Test("It takes the place of the socket and the folder that a killed gateway left")
    func replacesTheDead() async throws {
        let before: (String) throws -> Void = { path in
            try Data().write(to: URL(filePath: path))
            try FileManager.default.createDirectory(atPath: path + ".new", withIntermediateDirectories: false)
            try Data().write(to: URL(filePath: path + ".new/s"))
        }
        try await withServer(before: before) { path in
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFSOCK)
        }
    }

    @Test("It answers whoever may open it")
    func answers() async throws {
        try await withServer { path in
            let answer = try UnixClient(path: path).exchange(
                "GET /sessions HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
            )
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("{\"sessions\":[]}\n"))
        }
    }

    @Test("A path that no socket can have is refused before anything is made")
    func refusesALongPath() {
        let path = "/" + String(repeating: "a", count: 101)
        #expect(throws: AdminSocketError(step: .pathTooLong, path: path, code: 0)) {
            try AdminServer(path: path, ports: AdminServerTests.ports, logger: AdminServerTests.quiet)
        }
    }

    @Test("A folder that is not there is an error that names the path")
    func refusesAMissingFolder() async throws {
        let server = try AdminServer(
            path: "/nowhere/admin.sock",
            ports: AdminServerTests.ports,
            logger: AdminServerTests.quiet
        )
        await #expect(throws: AdminSocketError(step: .createFolder, path: "/nowhere/admin.sock", code: ENOENT)) {
            try await server.run()
        }
    }
}
