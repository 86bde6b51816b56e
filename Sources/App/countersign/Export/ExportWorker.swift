internal import AccessModel
internal import AuditExport
internal import AuditLog
internal import Foundation
internal import Logging
internal import PolicyEngine
internal import Synchronization

/// Sends the ledger's events to one destination, on a thread of its own: it reads what is on disk, in bounded batches, and
/// keeps how far it came. The data path knows nothing of it.
final class ExportWorker: Sendable {
    let plan: DestinationPlan
    let status = DestinationStatus()
    private let ports: ExportPorts
    private let file: CursorFile
    private let logger: Logger
    private let isStopped = Atomic<Bool>(false)
    private let sink = Mutex<(any ExportSink)?>(nil)
    private let ended = DispatchSemaphore(value: 0)
    private let bell = DispatchSemaphore(value: 0)

    init(_ plan: DestinationPlan, ports: ExportPorts, logger: Logger) {
        self.plan = plan
        self.ports = ports
        file = CursorFile(path: "\(ports.folder)/\(plan.name).cursor")
        self.logger = logger
    }

    /// `older` is what ran under this name before: two must never write one cursor.
    func start(after older: ExportWorker?) {
        let thread = Thread { [self] in
            older?.join()
            run()
            ended.signal()
        }
        thread.name = "export"
        thread.start()
    }

    func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
        sink.withLock { $0 }?.interrupt()
        bell.signal()
    }

    /// Waits until the thread has ended.
    func join() {
        ended.wait()
        ended.signal()
    }

    private var goesOn: Bool { !isStopped.load(ordering: .sequentiallyConsistent) }

    // MARK: The thread

    private func run() {
        var backOff = BackOff()
        while goesOn {
            do {
                try deliver { backOff = BackOff() }
            } catch {
                guard goesOn else { break }
                report(error)
                pause((error as? DelayedRetry)?.after ?? backOff.next())
            }
        }
    }

    /// One connection, from where the cursor is to its end or the end of this thread.
    private func deliver(onProgress: () -> Void) throws {
        var progress = DeliveryProgress(
            try beginning(),
            file: file,
            replay: plan.replay
        )
        status.update {
            $0.next = progress.settled.next
            $0.settled = progress.settled.next
        }
        let sink = plan.makeSink()
        self.sink.withLock { $0 = sink }
        defer {
            sink.close()
            self.sink.withLock { $0 = nil }
            status.update { $0.isConnected = false }
        }
        guard goesOn else { return }
        try sink.open()
        status.update { $0.isConnected = true }
        logger.info("export connected", metadata: ["export": "\(plan.name)"])
        var stream = EventStream(ports.reader, at: progress.settled)
        defer { keep(&progress, atEnd: true) }
        while goesOn {
            let batch = try nextBatch(&stream)
            if batch.events.isEmpty {
                try sink.check()
            } else {
                let began = ContinuousClock.now
                try sink.send(batch.events)
                progress.stalled(for: .now - began)
                onProgress()
            }
            sent(batch, stream.state, refusal: sink.refusal)
            if !sink.isDrained { progress.isUnderWay() }
            progress.sent(stream.state, isAcknowledged: sink.acknowledges)
            keep(&progress, atEnd: false)
            if batch.isLast { pause(.milliseconds(200)) }
        }
    }

    /// Where the cursor is. One that is new is kept before anything else: `now` is the moment at which the destination was
    /// added, however long its receiver cannot be reached.
    private func beginning() throws -> StreamState {
        if let state = try file.read() { return state }
        let state = ports.beginning(plan.from)
        try file.write(state)
        return state
    }

    private struct Batch {
        var events: [[UInt8]] = []
        var bytes = 0
        var last: Timestamp?
        /// Whether the ledger has no more now.
        var isLast = false
    }

    private static let mostBytes = 1 << 20
    /// Records that are read in one go when few of them are for this destination.
    private static let mostRead = 5000

    private func nextBatch(_ stream: inout EventStream) throws -> Batch {
        var batch = Batch()
        let end = ports.durable()
        for _ in 0..<ExportWorker.mostRead {
            guard let event = try stream.next(below: end) else {
                batch.isLast = true
                break
            }
            batch.last = event.time
            guard let bytes = plan.encode(event) else { continue }
            batch.events.append(bytes)
            batch.bytes += bytes.count
            if batch.events.count >= plan.mostEvents || batch.bytes >= ExportWorker.mostBytes { break }
        }
        return batch
    }

    private func sent(_ batch: Batch, _ state: StreamState, refusal: String?) {
        let isBehind = ports.durable() > state.next
        let now = ports.now()
        status.update {
            $0.next = state.next
            if !batch.events.isEmpty { $0.isFailing = refusal != nil }
            if let refusal, !batch.events.isEmpty {
                $0.givenUp += 1
                ($0.lastError, $0.lastErrorTime) = (refusal, now)
            }
            $0.events += UInt64(batch.events.count)
            $0.bytes += UInt64(batch.bytes)
            if let last = batch.last { $0.lastRecord = last }
            $0.behindSince = isBehind ? $0.behindSince ?? now : nil
        }
    }

    private func keep(_ progress: inout DeliveryProgress, atEnd: Bool) {
        do {
            try progress.keep(atEnd: atEnd)
            let settled = progress.settled.next
            status.update { $0.settled = settled }
        } catch {
            // Delivery goes on: what is not kept is repeated, and nothing is left out.
            report(error)
        }
    }

    // MARK: Trouble

    private func report(_ error: any Error) {
        let now = ports.now()
        let isNew = status.values.lastError != "\(error)"
        status.update {
            $0.failures += 1
            $0.isFailing = true
            $0.lastError = "\(error)"
            $0.lastErrorTime = now
            if $0.behindSince == nil, ports.durable() > $0.next { $0.behindSince = now }
        }
        guard isNew else { return }
        logger.warning(
            "export failed; it is tried again",
            metadata: ["export": "\(plan.name)", "cause": "\(error)"]
        )
    }

    private func pause(_ duration: Duration) {
        guard goesOn else { return }
        let (seconds, attoseconds) = duration.components
        _ = bell.wait(timeout: .now() + Double(seconds) + Double(attoseconds) / 1e18)
    }
}
