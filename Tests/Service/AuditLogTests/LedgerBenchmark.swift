import AccessModel
import Foundation
import Glibc
import Synchronization
import Testing
import TransparencyLog

@testable import AuditLog

/// Figures of docs/benchmarks.md. `COUNTERSIGN_BENCHMARK=1 swift test -c release -Xswiftc -enable-testing --filter LedgerBenchmark`.
@Suite(
    "LedgerBenchmark",
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["COUNTERSIGN_BENCHMARK"] != nil, "measured by hand")
)
struct LedgerBenchmark {
    /// As in production, on the disk of `COUNTERSIGN_BENCHMARK_FOLDER`, or the temporary one.
    private func place() throws -> Workplace {
        try Workplace(in: ProcessInfo.processInfo.environment["COUNTERSIGN_BENCHMARK_FOLDER"])
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func draft() -> RecordDraft {
        .command(
            "UPDATE public.orders SET status = 'done', reconciled_at = now() WHERE id = 4711 AND region = 'eu-west-1'"
        )
    }

    @Test("Appends a second", arguments: [(1, false), (8, false), (64, false), (1, true), (8, true), (64, true)])
    func appends(writers: Int, onDisk: Bool) throws {
        let place = try place()
        let ledger = try place.open(LedgerOptions(lowestFreeBytes: 0))
        let limit = Duration.seconds(3)
        let total = Atomic<Int>(0)
        let start = ContinuousClock.now
        let processor = LedgerBenchmark.seconds(CLOCK_PROCESS_CPUTIME_ID)
        let threads = try (0..<writers).map { number in
            try LedgerThread("writer-\(number)") {
                let draft = draft()
                var count = 0
                while start.duration(to: .now) < limit {
                    guard let reference = try? ledger.append(draft) else { break }
                    if onDisk {
                        let answer = Answer<Bool>()
                        ledger.whenDurable(reference.index) { _ in answer.give(true) }
                        _ = answer.wait(atMost: .seconds(10))
                    }
                    count += 1
                }
                total.wrappingAdd(count, ordering: .relaxed)
            }
        }
        for thread in threads { thread.join() }
        let (seconds, attoseconds) = start.duration(to: .now).components
        let elapsed = Double(seconds) + Double(attoseconds) / 1e18
        let used = LedgerBenchmark.seconds(CLOCK_PROCESS_CPUTIME_ID) - processor
        let count = Double(total.load(ordering: .relaxed))
        let status = ledger.checkpointStatus
        print(
            "\(writers) writers, \(onDisk ? "disk" : "process"): \(Int(count / elapsed)) a second,",
            "\(Int(used / count * 1e9)) ns CPU a record in all, \(status.published) checkpoints,",
            "longest round \(status.longestMicroseconds) us"
        )
        ledger.close()
    }

    @Test("What an append costs the thread that calls it, and the tree the one that grows it")
    func cost() throws {
        let place = try place()
        var options = LedgerOptions(lowestFreeBytes: 0)
        options.checkpointInterval = .seconds(3600)
        options.checkpointEntries = 10_000_000
        let ledger = try place.open(options)
        let draft = draft()
        let count = 200_000
        for mayWait in [false, true] {
            let before = LedgerBenchmark.seconds(CLOCK_THREAD_CPUTIME_ID)
            for _ in 0..<count {
                _ = mayWait ? try ledger.appendOutcome(draft) : try ledger.append(draft)
            }
            let used = LedgerBenchmark.seconds(CLOCK_THREAD_CPUTIME_ID) - before
            print("\(mayWait ? "an outcome" : "an append"): \(Int(used / Double(count) * 1e9)) ns CPU")
        }
        let before = LedgerBenchmark.seconds(CLOCK_PROCESS_CPUTIME_ID)
        try ledger.publishCheckpoint()
        let used = LedgerBenchmark.seconds(CLOCK_PROCESS_CPUTIME_ID) - before
        print("the tree: \(Int(used / Double(2 * count) * 1e9)) ns CPU a record, in one round of \(2 * count)")
        ledger.close()
        let start = ContinuousClock.now
        guard case .intact = try LedgerVerifier(directory: place.directory).run() else {
            Issue.record("not intact")
            return
        }
        print("verification: \(2 * count) records in \(start.duration(to: .now))")
    }

    @Test("From append to covered by a checkpoint, at a thousand records a second", arguments: [1, 5])
    func covered(seconds: Int64) throws {
        let place = try place()
        var options = LedgerOptions(lowestFreeBytes: 0)
        options.checkpointInterval = .seconds(seconds)
        let waiting = Mutex<[(index: UInt64, since: ContinuousClock.Instant)]>([])
        let delays = Mutex<[Duration]>([])
        let publisher = CheckpointPublisher(
            cosign: nil,
            published: { _, checkpoint in
                let covered = waiting.withLock { waiting in
                    let covered = waiting.filter { $0.index < checkpoint.size }
                    waiting.removeFirst(covered.count)
                    return covered
                }
                delays.withLock { $0 += covered.map { $0.since.duration(to: .now) } }
            }
        )
        let ledger = try place.open(options, publisher: publisher)
        let draft = draft()
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(12) {
            let since = ContinuousClock.now
            let index = try ledger.append(draft).index
            waiting.withLock { $0.append((index, since)) }
            usleep(900)
        }
        ledger.close()
        let sorted = delays.withLock { $0.sorted() }
        print(
            "every \(seconds) s: \(sorted.count) records, median \(sorted[sorted.count / 2]), p99",
            "\(sorted[sorted.count * 99 / 100]), longest \(sorted[sorted.count - 1])"
        )
    }
}
