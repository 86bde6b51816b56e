internal import Synchronization

/// Tells whoever looks that something changed. A reader that is slow sees one change for many.
final class ChangeBoard: Sendable {
    private let readers = Mutex<(next: Int, streams: [Int: AsyncStream<Void>.Continuation])>((0, [:]))

    func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = readers.withLock { readers in
                readers.next += 1
                readers.streams[readers.next] = continuation
                return readers.next
            }
            continuation.onTermination = { [weak self] _ in
                _ = self?.readers.withLock { $0.streams.removeValue(forKey: number) }
            }
        }
    }

    func tell() {
        for continuation in readers.withLock({ Array($0.streams.values) }) { continuation.yield() }
    }
}
