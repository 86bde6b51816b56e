import Foundation
import Synchronization

/// Keeps a pipe's reading end open until it is released.
///
/// `@unchecked Sendable`: the pipe is handed to one thread, which alone releases it.
final class PipeHolder: @unchecked Sendable {
    private var pipe: Pipe?

    init(_ pipe: Pipe) {
        self.pipe = pipe
    }

    func release() {
        pipe = nil
    }
}
