package import NIOCore

/// One side of a mediated connection: bytes out, and whether bytes are wanted. On its event loop alone.
package protocol Leg: AnyObject {
    var isReading: Bool { get }

    /// Keeps bytes until the next flush.
    func write(_ bytes: ByteBuffer)

    /// Hands over what was written. What the other side does not take at once waits, in order.
    func flush()

    /// Whether bytes are wanted from now on.
    func read(_ isWanted: Bool)

    /// Ends the connection with what the kernel has taken. The receiver hears nothing any more.
    func close()
}
