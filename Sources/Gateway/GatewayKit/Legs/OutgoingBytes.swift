internal import Glibc
internal import NIOCore

/// What waits to be sent on a socket, in order.
struct OutgoingBytes {
    enum Outcome {
        case sent
        /// The kernel takes no more for now.
        case full
        /// No byte will ever be taken.
        case broken
    }

    private var buffers: [ByteBuffer] = []
    private var first = 0
    /// Bytes in all of them.
    private(set) var count = 0

    /// Up to this many bytes are joined, so that they go out at once.
    private static let joined = 8 * 1024

    mutating func append(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        count += bytes.readableBytes
        if let last = buffers.indices.last, buffers[last].readableBytes + bytes.readableBytes <= OutgoingBytes.joined {
            buffers[last].writeImmutableBuffer(bytes)
        } else {
            buffers.append(bytes)
        }
    }

    /// Sends until everything is gone or the kernel takes no more: one send(2) for each buffer.
    mutating func send(to socket: Int32) -> Outcome {
        while first < buffers.count {
            let taken = buffers[first].withUnsafeReadableBytes { OutgoingBytes.send($0, to: socket) }
            guard taken >= 0 else { return taken == -Int(EAGAIN) ? .full : .broken }
            count -= taken
            if taken < buffers[first].readableBytes {
                buffers[first].moveReaderIndex(forwardBy: taken)
            } else {
                // Its memory may be needed for what is read next.
                buffers[first] = ByteBuffer()
                first += 1
            }
        }
        buffers.removeAll(keepingCapacity: buffers.capacity <= 8)
        first = 0
        return .sent
    }

    /// Bytes that were taken, or `-errno`.
    private static func send(_ bytes: UnsafeRawBufferPointer, to socket: Int32) -> Int {
        while true {
            // No signal where the other side is gone, and never a wait.
            let taken = Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            if taken >= 0 { return taken }
            if errno != EINTR { return -Int(errno) }
        }
    }
}
