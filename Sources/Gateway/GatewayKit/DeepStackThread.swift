internal import Foundation

/// One thread with a stack of 128 MiB, for work that recurses as deep as its input says: PostgreSQL's parser has no
/// bound of its own, and a chain of a megabyte of `+1` takes some 100 MiB (measured; the stack is committed lazily).
package final class DeepStackThread: Sendable {
    private final class Queue: @unchecked Sendable {
        // `jobs` and `isClosed` are touched only while `condition` is held.
        let condition = NSCondition()
        var jobs: [@Sendable () -> Void] = []
        var isClosed = false

        func next() -> (@Sendable () -> Void)? {
            condition.lock()
            defer { condition.unlock() }
            while jobs.isEmpty, !isClosed { condition.wait() }
            return jobs.isEmpty ? nil : jobs.removeFirst()
        }
    }

    private let queue = Queue()

    package init(name: String) {
        let thread = Thread { [queue] in
            while let job = queue.next() { job() }
        }
        thread.name = name
        thread.stackSize = 128 << 20
        thread.start()
    }

    /// Runs jobs one after the other, in the order they came.
    package func run(_ job: @escaping @Sendable () -> Void) {
        queue.condition.lock()
        queue.jobs.append(job)
        queue.condition.signal()
        queue.condition.unlock()
    }

    /// Ends the thread after the jobs that it has.
    package func close() {
        queue.condition.lock()
        queue.isClosed = true
        queue.condition.signal()
        queue.condition.unlock()
    }
}
