internal import Foundation

/// One line on standard error that is written over, on a terminal only, and only for work that takes a while.
final class ProgressLine {
    private let isShown = isatty(STDERR_FILENO) == 1
    private var next = ContinuousClock.now + .milliseconds(300)
    private var isDrawn = false

    func show(_ text: @autoclosure () -> String) {
        guard isShown, ContinuousClock.now >= next else { return }
        next = .now + .milliseconds(100)
        isDrawn = true
        write("\r\u{1B}[K\(text())")
    }

    func clear() {
        guard isDrawn else { return }
        isDrawn = false
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
