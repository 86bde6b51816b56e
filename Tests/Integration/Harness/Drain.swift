import Foundation
import Synchronization

/// Reads a pipe to its end on a thread of its own, so that a program never waits for its reader.
final class Drain: Sendable {
    private let collected = Mutex(Data())
    private let ended = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        // The pipe is held until its end is read: closing the handle would close the descriptor under the reader.
        let holder = PipeHolder(pipe)
        Thread.detachNewThread { [self] in
            var part = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &part, part.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                collected.withLock { $0.append(contentsOf: part[..<count]) }
            }
            holder.release()
            ended.signal()
        }
    }

    func text(within seconds: Double) -> String {
        _ = ended.wait(timeout: .now() + seconds)
        return collected.withLock { String(decoding: $0, as: UTF8.self) }
    }
}
