internal import Foundation

/// Whether a gateway listens on an admin socket: found by connecting, since a gateway that was killed leaves its
/// socket's file behind.
enum AdminSocketState: Equatable {
    case listening, absent, forbidden
    /// This `errno`.
    case other(Int32)

    init(path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            self = .other(errno)
            return
        }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else {
            self = .other(ENAMETOOLONG)
            return
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        self = result == 0 ? .listening : AdminSocketState(errno: errno)
    }

    private init(errno: Int32) {
        switch errno {
        case ENOENT, ENOTDIR, ECONNREFUSED: self = .absent
        case EACCES, EPERM: self = .forbidden
        default: self = .other(errno)
        }
    }
}
