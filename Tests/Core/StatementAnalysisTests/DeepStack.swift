import Foundation

/// Runs `body` on a thread with 128 MiB of stack and waits for it: what a long text needs.
func onDeepStack<R: Sendable>(_ body: @escaping @Sendable () -> R) -> R? {
    onStack(128 << 20, body)
}

/// Runs `body` on a thread with 4 MiB of stack, half of what threads that run statements have. Debug builds take the most.
func onSmallStack<R: Sendable>(_ body: @escaping @Sendable () -> R) -> R? {
    onStack(4 << 20, body)
}

private func onStack<R: Sendable>(_ bytes: Int, _ body: @escaping @Sendable () -> R) -> R? {
    let box = Box<R>()
    let thread = Thread {
        box.value = body()
        box.done.signal()
    }
    thread.stackSize = bytes
    thread.start()
    box.done.wait()
    return box.value
}

/// `value` is written by one thread before it signals and read by the other after it was woken: never by both at once.
private final class Box<R>: @unchecked Sendable {
    var value: R?
    let done = DispatchSemaphore(value: 0)
}
