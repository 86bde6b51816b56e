internal import Foundation

/// The ports on the loopback address.
struct QuickstartPorts: Codable, Hashable, Sendable {
    var gateway = 7432
    var postgres = 7433
    var console = 7480
    var issuer = 7481

    private var all: [(port: Int, what: String, flag: String)] {
        [
            (gateway, "the gateway", "--port"), (postgres, "PostgreSQL", "--postgres-port"),
            (console, "the console", "--console-port"), (issuer, "the demo issuer", "--issuer-port"),
        ]
    }

    /// Throws one line that says which port is taken and which flag chooses another.
    func check() throws {
        var seen: [Int: String] = [:]
        for (port, what, flag) in all {
            if let other = seen.updateValue(what, forKey: port) {
                throw Failure("port \(port) is given to \(other) and to \(what): choose another with \(flag)")
            }
        }
        for (port, what, flag) in all {
            if let reason = QuickstartPorts.obstacle(to: port) {
                throw Failure("port \(port) for \(what) \(reason): choose another with \(flag)")
            }
        }
    }

    /// Why a port cannot be listened on now; nil when it can.
    private static func obstacle(to port: Int) -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return "cannot be tried (errno \(errno))" }
        defer { close(descriptor) }
        // As the servers do: a port whose last connections are closing may be taken again.
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                let length = socklen_t(MemoryLayout<sockaddr_in>.size)
                return bind(descriptor, $0, length) == 0 ? listen(descriptor, 1) : -1
            }
        }
        guard result != 0 else { return nil }
        return errno == EADDRINUSE ? "is in use" : "cannot be used (\(String(cString: strerror(errno))))"
    }
}
