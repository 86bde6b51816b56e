internal import Glibc

/// The kernel gives no event loop: the `errno` of epoll_create1(2) or eventfd(2).
package struct SocketLoopFault: Error, CustomStringConvertible {
    let errno: Int32

    package var description: String { "no event loop for sockets: \(String(cString: strerror(errno)))" }
}
