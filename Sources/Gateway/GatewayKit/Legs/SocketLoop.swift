internal import CEpoll
package import Dispatch
internal import Foundation
internal import Glibc
package import NIOCore
internal import Synchronization

/// An event loop for sockets whose bytes need no pipeline: epoll(7), level-triggered, on a thread of its own.
///
/// To everything but sockets it is one of NIO's event loops: tasks, timers, futures. A turn is: wait, what the sockets
/// have, the tasks that were asked for before or meanwhile, the timers that are due.
///
/// `@unchecked Sendable`: `inbox` and `number` are safe for every thread, `poll` and `alarm` never change; everything else
/// is touched only in `run` and what it calls, or behind `inEventLoop`, which is true on that thread alone.
package final class SocketLoop: EventLoop, @unchecked Sendable {
    /// Where a leg is kept: a number that was another leg's before comes with another generation.
    struct Place {
        fileprivate var index: UInt32
        fileprivate var generation: UInt32

        fileprivate var tag: UInt64 { UInt64(generation) << 32 | UInt64(index) }
    }

    private struct Slot {
        var generation: UInt32 = 0
        var leg: SocketLeg?
    }

    /// What other threads ask for.
    private struct Inbox {
        var tasks: [@Sendable () -> Void] = []
        var isRung = false
        var isStopping = false
        var isOver = false
        var ended: [@Sendable () -> Void] = []
    }

    private let poll: Int32
    private let alarm: Int32
    private let inbox = Mutex(Inbox())
    /// The thread's identity, once it runs.
    private let number = Atomic<UInt>(0)

    // The thread's own.
    private let ready: UnsafeMutablePointer<epoll_event>
    private var slots: [Slot] = []
    private var free: [UInt32] = []
    private var tasks: [() -> Void] = []
    private var running: [() -> Void] = []
    private var timers = TimerQueue()
    var buffers = ReadBuffers()

    private static let events = 256
    private static let alarmTag = UInt64.max

    /// Starts the thread.
    package init(name: String) throws(SocketLoopFault) {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poll >= 0 else { throw SocketLoopFault(errno: errno) }
        alarm = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        ready = .allocate(capacity: SocketLoop.events)
        guard alarm >= 0 else {
            let fault = SocketLoopFault(errno: errno)
            Glibc.close(poll)
            ready.deallocate()
            throw fault
        }
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: SocketLoop.alarmTag))
        epoll_ctl(poll, EPOLL_CTL_ADD, alarm, &event)
        Thread { [self] in
            // For `top -H`, which is told by the thread itself.
            Thread.current.name = name
            run()
        }.start()
    }

    deinit {
        Glibc.close(poll)
        Glibc.close(alarm)
        ready.deallocate()
    }

    // MARK: The thread

    private func run() {
        number.store(UInt(pthread_self()), ordering: .sequentiallyConsistent)
        while !inbox.withLock({ $0.isStopping }) { turn() }
        for slot in slots { slot.leg?.end() }
        // Whoever waits for a task is not left waiting.
        for _ in 0..<1024 where takeInbox() || !tasks.isEmpty { runTasks() }
        let ended = inbox.withLock { inbox in
            inbox.isOver = true
            return inbox.ended
        }
        for body in ended { body() }
    }

    private func turn() {
        let count = epoll_wait(poll, ready, Int32(SocketLoop.events), patience)
        // -1 is a signal: nothing is ready then, and nothing is lost.
        for position in 0..<Int(max(0, count)) {
            let (events, tag) = (ready[position].events, ready[position].data.u64)
            if tag == SocketLoop.alarmTag {
                answerAlarm()
            } else {
                leg(tag)?.ready(events)
            }
        }
        runTasks()
        if !timers.isEmpty { runTimers() }
    }

    /// Milliseconds that the kernel may wait.
    private var patience: Int32 {
        guard tasks.isEmpty else { return 0 }
        guard let deadline = timers.first else { return -1 }
        let nanoseconds = (deadline - .now()).nanoseconds
        // Rounded up: a timer that is looked at too early is looked at again and again.
        return nanoseconds <= 0 ? 0 : Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
    }

    private func answerAlarm() {
        var value: UInt64 = 0
        _ = Glibc.read(alarm, &value, 8)
        _ = takeInbox()
    }

    private func takeInbox() -> Bool {
        inbox.withLock { inbox in
            inbox.isRung = false
            guard !inbox.tasks.isEmpty else { return false }
            for task in inbox.tasks { tasks.append(task) }
            inbox.tasks.removeAll(keepingCapacity: true)
            return true
        }
    }

    /// Those that are there now: what they ask for is done in the next turn, behind what the sockets have by then.
    private func runTasks() {
        guard !tasks.isEmpty else { return }
        swap(&tasks, &running)
        for position in running.indices { running[position]() }
        running.removeAll(keepingCapacity: running.capacity <= 1024)
    }

    private func runTimers() {
        let now = NIODeadline.now()
        while let due = timers.take(at: now) { due() }
    }

    // MARK: Sockets

    /// Nil where the kernel cannot watch one more.
    func insert(_ leg: SocketLeg, _ descriptor: Int32, _ events: UInt32) -> Place? {
        let index: UInt32
        if let known = free.popLast() {
            index = known
        } else {
            index = UInt32(slots.count)
            slots.append(Slot())
        }
        let place = Place(index: index, generation: slots[Int(index)].generation)
        var event = epoll_event(events: events, data: epoll_data_t(u64: place.tag))
        guard epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            free.append(index)
            return nil
        }
        slots[Int(index)].leg = leg
        return place
    }

    func watch(_ descriptor: Int32, _ place: Place, _ events: UInt32) {
        var event = epoll_event(events: events, data: epoll_data_t(u64: place.tag))
        epoll_ctl(poll, EPOLL_CTL_MOD, descriptor, &event)
    }

    /// Events of this turn that are still to come for the place are nobody's any more.
    func remove(_ place: Place) {
        slots[Int(place.index)].leg = nil
        slots[Int(place.index)].generation &+= 1
        free.append(place.index)
    }

    private func leg(_ tag: UInt64) -> SocketLeg? {
        let slot = slots[Int(tag & 0xFFFF_FFFF)]
        return slot.generation == UInt32(tag >> 32) ? slot.leg : nil
    }

    // MARK: Tasks

    package var inEventLoop: Bool { UInt(pthread_self()) == number.load(ordering: .relaxed) }

    /// In a later turn. On the loop.
    func later(_ task: @escaping () -> Void) { tasks.append(task) }

    package func execute(_ task: @escaping @Sendable () -> Void) {
        if inEventLoop { return tasks.append(task) }
        let rings = inbox.withLock { inbox in
            guard !inbox.isOver else { return false }
            inbox.tasks.append(task)
            defer { inbox.isRung = true }
            return !inbox.isRung
        }
        if rings { ring() }
    }

    private func ring() {
        var one: UInt64 = 1
        _ = Glibc.write(alarm, &one, 8)
    }

    package func submit<T>(_ task: @escaping @Sendable () throws -> T) -> EventLoopFuture<T> {
        let promise = makePromise(of: T.self)
        execute { promise.assumeIsolated().completeWith(Result(catching: task)) }
        return promise.futureResult
    }

    package func scheduleTask<T>(
        deadline: NIODeadline,
        _ task: @escaping @Sendable () throws -> T
    ) -> Scheduled<T> {
        let promise = makePromise(of: T.self)
        let number = TimerQueue.Number()
        execute {
            self.timers.insert(at: deadline, number) {
                promise.assumeIsolated().completeWith(Result(catching: task))
            }
        }
        return Scheduled(promise: promise, cancellationTask: { self.execute { self.timers.remove(number) } })
    }

    package func scheduleTask<T>(in delay: TimeAmount, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
        scheduleTask(deadline: .now() + delay, task)
    }

    // MARK: The end

    /// Ends the thread: its connections are closed, the tasks that it was given are done.
    package func shutdown() async {
        await withCheckedContinuation { continuation in stop { continuation.resume() } }
    }

    private func stop(_ ended: @escaping @Sendable () -> Void) {
        let isOver = inbox.withLock { inbox in
            inbox.isStopping = true
            if !inbox.isOver { inbox.ended.append(ended) }
            return inbox.isOver
        }
        isOver ? ended() : ring()
    }

    package func shutdownGracefully(queue: DispatchQueue, _ callback: @Sendable @escaping ((any Error)?) -> Void) {
        stop { queue.async { callback(nil) } }
    }
}
