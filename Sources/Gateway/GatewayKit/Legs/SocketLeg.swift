internal import CEpoll
internal import Glibc
package import NIOCore

/// A leg whose bytes nobody but its receiver has to see: a socket, read and written by its loop without anything between.
///
/// Reading stops at `read(false)`, but never hides the other side's end: once that has come, what is left in the kernel is
/// received, and then `closed` is told.
package final class SocketLeg: Leg {
    private let descriptor: Int32
    private let loop: SocketLoop
    /// Where the loop keeps it; nil before and after.
    var place: SocketLoop.Place?
    private var receiver: (any LegReceiver)?

    package private(set) var isReading = true
    /// Whether the last read filled its memory.
    private var isBulk = false
    private var outgoing = OutgoingBytes()
    private var isFull = false
    private var isWritable = true

    /// Reads of one socket before the others of the loop have their turn.
    private static let reads = 4
    /// Bytes that wait before a leg counts as not writable, and below which it does again.
    private static let high = 64 * 1024
    private static let low = 32 * 1024

    /// Takes over a connected socket that is not blocking. On the loop.
    package init(adopting descriptor: Int32, loop: SocketLoop, receiver: any LegReceiver) {
        self.descriptor = descriptor
        self.loop = loop
        self.receiver = receiver
        place = loop.insert(self, descriptor, SocketLeg.events(isReading: true, isFull: false))
        // Where the kernel has no room to watch it, the connection is over; nobody is told before they know the leg.
        if place == nil { loop.later { [self] in end() } }
    }

    deinit {
        if receiver != nil { Glibc.close(descriptor) }
    }

    // MARK: Out

    package func write(_ bytes: ByteBuffer) {
        guard receiver != nil else { return }
        outgoing.append(bytes)
    }

    package func flush() {
        guard outgoing.count > 0 else { return }
        if !isFull { send() }
        guard isWritable, outgoing.count > SocketLeg.high else { return }
        isWritable = false
        receiver?.writabilityChanged(false)
    }

    private func send() {
        switch outgoing.send(to: descriptor) {
        case .sent: watch(isReading: isReading, isFull: false)
        case .full: watch(isReading: isReading, isFull: true)
        case .broken:
            // What the other side said before its end is still received: the loop tells of the end.
            outgoing = OutgoingBytes()
            watch(isReading: isReading, isFull: false)
            Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }

    private func roomCame() {
        send()
        guard !isWritable, outgoing.count < SocketLeg.low else { return }
        isWritable = true
        receiver?.writabilityChanged(true)
    }

    // MARK: In

    package func read(_ isWanted: Bool) {
        watch(isReading: isWanted, isFull: isFull)
    }

    private func watch(isReading: Bool, isFull: Bool) {
        guard isReading != self.isReading || isFull != self.isFull else { return }
        (self.isReading, self.isFull) = (isReading, isFull)
        guard let place else { return }
        loop.watch(descriptor, place, SocketLeg.events(isReading: isReading, isFull: isFull))
    }

    private static func events(isReading: Bool, isFull: Bool) -> UInt32 {
        EPOLLRDHUP.rawValue | (isReading ? EPOLLIN.rawValue : 0) | (isFull ? EPOLLOUT.rawValue : 0)
    }

    /// What epoll(7) says of the socket.
    func ready(_ events: UInt32) {
        let ends = EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue
        if events & ends != 0 { return receiveRest() }
        if events & EPOLLOUT.rawValue != 0 { roomCame() }
        if events & EPOLLIN.rawValue != 0 { receive() }
    }

    private func receive() {
        for _ in 0..<SocketLeg.reads {
            guard isReading, let receiver else { break }
            switch loop.buffers.receive(from: descriptor, isBulk: isBulk) {
            case .bytes(let bytes, let isFull):
                isBulk = isFull
                receiver.received(bytes)
                if isFull { continue }
            case .nothing: break
            case .end: return end()
            }
            break
        }
        receiver?.receivedAll()
    }

    /// The other side has ended: the kernel has what it ever will.
    private func receiveRest() {
        while let receiver, case .bytes(let bytes, _) = loop.buffers.receive(from: descriptor, isBulk: true) {
            receiver.received(bytes)
        }
        receiver?.receivedAll()
        end()
    }

    // MARK: The end

    /// The connection is over, and its receiver is told.
    func end() {
        let receiver = self.receiver
        close()
        receiver?.closed()
    }

    package func close() {
        guard receiver != nil else { return }
        receiver = nil
        outgoing = OutgoingBytes()
        if let place { loop.remove(place) }
        place = nil
        // The kernel forgets a watched file with its last descriptor.
        Glibc.close(descriptor)
    }
}

@available(*, unavailable)
extension SocketLeg: Sendable {}
