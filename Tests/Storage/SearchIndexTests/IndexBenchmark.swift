import AccessModel
import Foundation
import SearchIndex
import Testing

/// Figures of docs/benchmarks.md.
/// `COUNTERSIGN_BENCHMARK=1 COUNTERSIGN_TARGETS=SearchIndex swift test -c release -Xswiftc -enable-testing --filter IndexBenchmark`.
@Suite(
    "IndexBenchmark",
    .enabled(if: ProcessInfo.processInfo.environment["COUNTERSIGN_BENCHMARK"] != nil, "measured by hand")
)
struct IndexBenchmark {
    @Test("How fast the index is made again from a ledger")
    func rebuild() throws {
        let place = try IndexedLedger()
        let sessions = 500
        let commands = 300
        for number in 0..<sessions {
            let session = ULID(high: 7, low: UInt64(number))
            try place.open(session, subject: "job-\(number % 40)", commit: "c\(number)", run: "\(number)")
            for count in 0..<commands {
                let command = try place.command(
                    session,
                    "UPDATE public.orders SET status = 'done', reconciled_at = now() WHERE id = \(number * commands + count)",
                    action: count.isMultiple(of: 5) ? "update" : "select"
                )
                try place.outcome(command)
            }
        }
        let index = try place.index()
        let clock = ContinuousClock()
        let elapsed = try clock.measure { try index.catchUp() }
        let records = try index.end
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let bytes = try FileManager.default.attributesOfItem(atPath: place.indexPath)[.size] as? Int ?? 0
        print(
            "\(records) records in \(elapsed): \(Int(Double(records) / seconds)) a second, \(bytes / Int(records)) bytes a record"
        )
        #expect(records == UInt64(sessions * (2 * commands + 1)))
    }
}
