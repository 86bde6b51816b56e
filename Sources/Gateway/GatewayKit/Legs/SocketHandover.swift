internal import Glibc
package import NIOCore
internal import NIOSSL

/// Takes the sockets out of two channels, so that a `SocketLoop` may have them: both or none.
///
/// The number that a channel gave may be used by the kernel again once it is closed, so it is never kept: the sockets are
/// duplicated, which shares the connection, and the channels are closed, which ends their use of it and not the connection.
package enum SocketHandover {
    /// The sockets, in the order of the channels; whoever takes them closes them. Nil where a channel has TLS in it, or bytes
    /// that are not sent yet, or where there is no descriptor left.
    ///
    /// The channels must have handed on what they have read, and be closed by the caller in the same turn of their loop.
    package static func sockets(of first: any Channel, _ second: any Channel) -> (first: Int32, second: Int32)? {
        guard let one = duplicate(first) else { return nil }
        guard let two = duplicate(second) else {
            close(one)
            return nil
        }
        return (one, two)
    }

    private static func duplicate(_ channel: any Channel) -> Int32? {
        let pipeline = channel.pipeline.syncOperations
        guard channel.isActive, (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) == 0,
            (try? pipeline.handler(type: NIOSSLServerHandler.self)) == nil,
            (try? pipeline.handler(type: NIOSSLClientHandler.self)) == nil,
            let descriptor = try? pipeline.withUnsafeTransportIfAvailable(
                of: NIOBSDSocket.Handle.self,
                { fcntl($0, F_DUPFD_CLOEXEC, 0) }
            ), descriptor >= 0
        else { return nil }
        return descriptor
    }
}
