import Foundation
import Synchronization

/// Where things are on the machine that the tests run on.
enum Machine {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let clients = root.appending(path: "Tests/Integration/clients")

    /// The Python that `scripts/bootstrap` gave the client drivers.
    static let python = root.appending(path: ".build/venv/bin/python").path(percentEncoded: false)

    /// The product under test: beside the test bundle, or where `COUNTERSIGN_BINARY` says.
    static let countersign: String = {
        if let named = ProcessInfo.processInfo.environment["COUNTERSIGN_BINARY"] { return named }
        let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = bundle.deletingLastPathComponent().appending(path: "countersign").path(percentEncoded: false)
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return root.appending(path: ".build/debug/countersign").path(percentEncoded: false)
    }()

    /// The programs of the newest PostgreSQL that is installed. Debian keeps `initdb` out of the PATH, and puts a slow
    /// wrapper in it for the others.
    static func postgres(_ program: String) throws -> String {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        for version in versions.sorted(by: { (Int($0) ?? 0) > (Int($1) ?? 0) }) {
            let path = "\(base)/\(version)/bin/\(program)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw HarnessError("no PostgreSQL server here: run scripts/bootstrap")
    }

    static func client(_ name: String) -> String {
        clients.appending(path: name).path(percentEncoded: false)
    }

    /// Ports that the kernel gives to nobody by itself: it takes a connection's own port from above them.
    private static let ports = 10_000..<32_000
    private static let given = Mutex<Set<Int>>([])

    /// A TCP port of the loopback address that is free now, and given to no other test of this process.
    static func freePort() throws -> Int {
        for _ in 0..<1000 {
            let port = Int.random(in: ports)
            guard given.withLock({ $0.insert(port).inserted }) else { continue }
            if try isFree(port) { return port }
        }
        throw HarnessError("no port is free")
    }

    private static func isFree(_ port: Int) throws -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw HarnessError("socket: errno \(errno)") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
