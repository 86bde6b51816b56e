internal import NIOCore
internal import NIOPosix

/// What the kernel says of a TCP connection's sending side: the head of Linux' `struct tcp_info` (tcp(7)), as far as it is read here.
struct TransmissionState {
    // 256 bytes: the kernel fills in what it knows, up to the room that it is given.
    private var words:
        (
            UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64,
            UInt64,
            UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64,
            UInt64,
            UInt64, UInt64, UInt64, UInt64
        )

    /// Segments that were sent and not acknowledged (`tcpi_unacked`, at 24).
    private var unacknowledged: UInt32 { UInt32(truncatingIfNeeded: words.3) }
    /// Bytes that were not sent yet (`tcpi_notsent_bytes`, at 144).
    private var unsent: UInt32 { UInt32(truncatingIfNeeded: words.18) }

    /// The peer's TCP has everything.
    var isDrained: Bool { unacknowledged == 0 && unsent == 0 }

    /// Of a channel that is a TCP connection; nil where that cannot be told.
    static func of(_ channel: any Channel) -> TransmissionState? {
        guard let provider = channel as? any SocketOptionProvider else { return nil }
        let info: EventLoopFuture<TransmissionState> = provider.unsafeGetSocketOption(
            level: .tcp,
            name: .init(rawValue: 11)
        )
        return try? info.wait()
    }
}
