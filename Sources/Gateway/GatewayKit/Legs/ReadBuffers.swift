internal import Glibc
internal import NIOCore

/// Memory that sockets are read into, used again once nobody holds what was read.
struct ReadBuffers {
    enum Outcome {
        /// `isFull`: there may be more.
        case bytes(ByteBuffer, isFull: Bool)
        /// Nothing there now.
        case nothing
        /// The other side has ended, or the connection failed.
        case end
    }

    /// Bytes of a usual read, and of one on a connection that fills those.
    static let usual = 16 * 1024
    static let bulk = 64 * 1024
    private static let most = 8

    private var usual = Ring(bytes: ReadBuffers.usual)
    private var bulk = Ring(bytes: ReadBuffers.bulk)

    /// One recv(2).
    mutating func receive(from socket: Int32, isBulk: Bool) -> Outcome {
        isBulk ? bulk.receive(from: socket) : usual.receive(from: socket)
    }

    /// How many pieces of memory there are.
    var count: Int { usual.buffers.count + bulk.buffers.count }

    private struct Ring {
        let bytes: Int
        private(set) var buffers: [ByteBuffer] = []
        private var next = 0

        init(bytes: Int) { self.bytes = bytes }

        mutating func receive(from socket: Int32) -> Outcome {
            // The one that was used last is in the processor's caches.
            let count = read(socket, at: next) ?? readElsewhere(socket)
            if count > 0 { return .bytes(buffers[next], isFull: count == bytes) }
            return count == -Int(EAGAIN) ? .nothing : .end
        }

        /// Nil where the memory at that place is still held by somebody.
        private mutating func read(_ socket: Int32, at place: Int) -> Int? {
            guard place < buffers.count else { return nil }
            return buffers[place].modifyIfUniquelyOwned { buffer in
                buffer.clear()
                return buffer.writeFromSocket(socket, limit: bytes)
            }
        }

        private mutating func readElsewhere(_ socket: Int32) -> Int {
            for place in buffers.indices where place != next {
                guard let count = read(socket, at: place) else { continue }
                next = place
                return count
            }
            // All are held: those who hold them keep their memory, and one of them has a new one here.
            if buffers.count < ReadBuffers.most {
                next = buffers.count
                buffers.append(ByteBufferAllocator().buffer(capacity: bytes))
            } else {
                next = (next + 1) % buffers.count
                buffers[next] = ByteBufferAllocator().buffer(capacity: bytes)
            }
            return buffers[next].writeFromSocket(socket, limit: bytes)
        }
    }
}

extension ByteBuffer {
    /// One recv(2), repeated after a signal: bytes read, 0 at the end, or `-errno`.
    fileprivate mutating func writeFromSocket(_ socket: Int32, limit: Int) -> Int {
        var count = 0
        writeWithUnsafeMutableBytes(minimumWritableBytes: limit) { memory in
            repeat { count = recv(socket, memory.baseAddress, limit, 0) } while count < 0 && errno == EINTR
            if count < 0 { count = -Int(errno) }
            return max(0, count)
        }
        return count
    }
}
