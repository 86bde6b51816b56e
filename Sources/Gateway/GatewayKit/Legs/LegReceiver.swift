package import NIOCore

/// Whom a leg tells what its connection does. On its event loop alone.
package protocol LegReceiver: AnyObject {
    /// The connection is there, and will be read.
    func opened()

    /// A handshake that the leg was asked for is done.
    func encrypted(alpn: String?)

    /// Bytes, in order, as they came.
    func received(_ bytes: ByteBuffer)

    /// What was there for now has been received.
    func receivedAll()

    /// Whether bytes that are written still find room; they are kept all the same.
    func writabilityChanged(_ isWritable: Bool)

    /// The other side ended the connection, or it failed. Nothing follows.
    func closed()
}
