import Foundation

/// Runs `body` on a thread with 128 MiB of stack and waits for it: what a long text needs.
func onDeepStack<R: Sendable>(_ body: @escaping @Sendable () -> R) -> R? {
    let box = Box<R>()
    let thread = Thread {
        box.value = body()
        box.done.signal()
    }
    thread.stackSize = 128 << 20
    thread.start()
    box.done.wait()
    return box.value
}

/// `value` is written by one thread before it signals and read by the other after it was woken: never by both at once.
private final class Box<R>: @unchecked Sendable {
    var value: R?
    let done = DispatchSemaphore(value: 0)
}
