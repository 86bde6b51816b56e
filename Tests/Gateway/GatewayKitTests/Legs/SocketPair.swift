import Glibc
import NIOCore

@testable import GatewayKit

/// Two connected sockets: the leg's, which does not block, and the test's own, which does.
struct SocketPair {
    let leg: Int32
    let peer: Int32

    init() {
        var pair: [Int32] = [-1, -1]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair)
        _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
        (leg, peer) = (pair[0], pair[1])
    }

    /// Blocks until the other side has taken everything.
    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Up to `count` bytes: fewer only where the connection has ended.
    func receive(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < count {
            let got = recv(peer, &chunk, min(chunk.count, count - bytes.count), 0)
            guard got > 0 else { break }
            bytes.append(contentsOf: chunk[..<got])
        }
        return bytes
    }

    func closePeer() { close(peer) }
}
