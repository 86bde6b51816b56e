import AccessModel
import AuditLog
import Foundation
import Synchronization
import Testing

@testable import SearchIndex

/// Figures of docs/benchmarks.md: `Benchmarks/console`. Makes a ledger and its index in `COUNTERSIGN_CONSOLE_DATA`, where there
/// are none, and asks the index what the console asks.
@Suite(
    "Benchmark of the console's searches",
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["COUNTERSIGN_CONSOLE_DATA"] != nil, "measured by hand")
)
struct ConsoleBenchmark {
    private let data = ProcessInfo.processInfo.environment["COUNTERSIGN_CONSOLE_DATA"] ?? ""
    private let count = Int(ProcessInfo.processInfo.environment["COUNTERSIGN_CONSOLE_RECORDS"] ?? "") ?? 5_000_000

    @Test("Makes the ledger and the index")
    func make() throws {
        guard !FileManager.default.fileExists(atPath: data + "/index.sqlite") else { return }
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let traffic = SyntheticTraffic(sessions: 2000, commands: count)
        let began = ContinuousClock.now
        let ledger = try Ledger(
            directory: data + "/ledger",
            identity: LedgerIdentity(origin: "bench.example/console", keys: data + "/keys"),
            options: LedgerOptions(fillsSegments: false, lowestFreeBytes: 0)
        ) { traffic.now }
        try traffic.write(to: ledger)
        ledger.close()
        print("ledger: \(ledger.counters.size) records in \((ContinuousClock.now - began) / .seconds(1)) s")
        let indexing = ContinuousClock.now
        let index = try LedgerIndex(path: data + "/index.sqlite", reader: LedgerReader(directory: data + "/ledger")) {
            print($0)
        }
        try index.catchUp()
        let seconds = (ContinuousClock.now - indexing) / .seconds(1)
        print("index: \(try index.end) records in \(seconds) s, \(seconds / Double(try index.end) * 1e6) us a record")
    }

    typealias Question = (name: String, query: @Sendable (inout AuditQuery) -> Void)

    private static let questions: [Question] = [
        ("no filter", { _ in }), ("every kind", { $0.kinds = nil }),
        ("principal", { $0.principal = "project_path:team-7/service-107:ref_type:branch:ref:main" }),
        ("principal, long ago", { $0.principal = "retired" }), ("role", { $0.role = "role-7" }),
        ("role, long ago", { $0.role = "retired" }), ("role of nobody", { $0.role = "nobody" }),
        ("owner", { $0.owner = "owner-3@example.com" }), ("pipeline", { $0.pipeline = "pipeline-107" }),
        ("run", { $0.run = "run-4711" }), ("commit", { $0.commit = "c0ffee4711" }),
        ("repository", { $0.repository = "team-7/service-107" }), ("triggered by", { $0.triggeredBy = "person-7" }),
        ("target", { $0.target = "db-3" }), ("target of every session", { $0.target = "db-0" }),
        ("target of none", { $0.target = "db-99" }), ("object", { $0.object = "public.table_17" }),
        ("objects of a pattern", { $0.object = "public.table_1*" }), ("object of none", { $0.object = "public.none" }),
        ("action", { $0.action = .delete }), ("rare action", { $0.action = .drop }),
        ("denied", { $0.decision = .deny }), ("allowed", { $0.decision = .allow }), ("held", { $0.decision = .hold }),
        (
            "a day",
            {
                $0.since = SyntheticTraffic.day(2)
                $0.until = SyntheticTraffic.day(3)
            }
        ),
        ("until long ago", { $0.until = SyntheticTraffic.day(0).advanced(by: .seconds(3600)) }),
        ("word of all", { $0.text = "select" }), ("word of some", { $0.text = "column_7" }),
        ("rare word", { $0.text = "needle" }), ("two words", { $0.text = "select table_42" }),
        ("word of none", { $0.text = "haystack" }), ("kind", { $0.kinds = [.sessionOpened] }),
        ("rare kind", { $0.kinds = [.gatewayStarted] }),
        (
            "denied of a role",
            {
                $0.decision = .deny
                $0.role = "role-7"
            }
        ),
        (
            "word of all of an old principal",
            {
                $0.text = "select"
                $0.principal = "retired"
            }
        ),
        (
            "deletes on a target",
            {
                $0.action = .delete
                $0.target = "db-3"
            }
        ),
    ]

    @Test("Answers what the console asks")
    func ask() throws {
        let readers = IndexReaders(path: data + "/index.sqlite", reader: LedgerReader(directory: data + "/ledger"))
        print("question | page ms | next page ms | facets ms | found")
        for question in ConsoleBenchmark.questions {
            var query = AuditQuery()
            query.kinds = [.command, .authenticationRefused]
            question.query(&query)
            let asked = query
            var (page, facets) = (RecordPage(), Facets())
            let first = try ConsoleBenchmark.time {
                page = try readers.read { try $0.search(asked, order: .newestFirst, after: nil, limit: 50) }
            }
            let after = page.next
            let second = try ConsoleBenchmark.time {
                _ = try readers.read { try $0.search(asked, order: .newestFirst, after: after, limit: 50) }
            }
            let third = try ConsoleBenchmark.time { facets = try readers.read { try $0.facets(asked) } }
            let found =
                "\(page.lines.count)\(page.reached == nil ? "" : " (not whole)"), \(facets.counted)\(facets.isComplete ? "" : "+")"
            print("\(question.name) | \(first) | \(second) | \(third) | \(found)")
        }
        for (name, body) in ConsoleBenchmark.others {
            print("\(name) | \(try ConsoleBenchmark.time { try readers.read(body) })")
        }
    }

    private static let others: [(String, @Sendable (IndexView) throws -> Void)] = [
        ("ended sessions", { _ = try $0.ended(principal: nil, role: nil, target: nil, after: nil, limit: 50) }),
        (
            "ended sessions of a role",
            { _ = try $0.ended(principal: nil, role: "retired", target: nil, after: nil, limit: 50) }
        ),
        ("principals", { _ = try $0.principals(after: nil, limit: 100) }),
        ("last use of 40 roles", { view in for role in 0..<40 { _ = try view.lastUse(of: "role-\(role)") } }),
    ]

    /// Milliseconds: the median of five, the first one, which may have to read the disk, not counted.
    private static func time(_ body: () throws -> Void) rethrows -> String {
        var times: [Double] = []
        for _ in 0..<6 {
            let began = ContinuousClock.now
            try body()
            times.append((ContinuousClock.now - began) / .milliseconds(1))
        }
        return String(format: "%.1f", times.dropFirst().sorted()[2])
    }
}
