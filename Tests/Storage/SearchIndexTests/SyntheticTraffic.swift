import AccessModel
import AuditLog
import Foundation
import Synchronization

/// Records as a busy gateway writes them, for benchmarks: sessions that run beside each other and follow each other.
final class SyntheticTraffic: Sendable {
    private static let began: Int64 = 1_790_000_000
    /// Between two records.
    private static let step: Int64 = 100_000

    private let clock = Atomic<Int64>(SyntheticTraffic.began * 1_000_000)
    private let live: Int
    private let commands: Int

    init(sessions: Int, commands: Int) {
        live = sessions
        self.commands = commands
    }

    var now: Timestamp { Timestamp(microseconds: clock.load(ordering: .relaxed)) }

    static func day(_ number: Int64) -> Timestamp { Timestamp(seconds: began + 86_400 * number) }

    private struct Session {
        var id: ULID
        var role: String
        var left: Int
    }

    func write(to ledger: Ledger) throws {
        var random = SeededNumbers(state: 7)
        _ = try ledger.append(RecordDraft(kind: .gatewayStarted, session: nil, body: Array("\"gateway\":{}".utf8)))
        var opened = 0
        var sessions = try (0..<live).map { _ in try open(&opened, ledger, &random) }
        for number in 0..<commands {
            clock.add(SyntheticTraffic.step, ordering: .relaxed)
            let slot = Int(random.next() % UInt64(sessions.count))
            try command(number, sessions[slot], ledger, &random)
            sessions[slot].left -= 1
            guard sessions[slot].left == 0 else { continue }
            let close = Array("\"close\":{\"reason\":\"client left\",\"commands\":50,\"denied\":0}".utf8)
            _ = try ledger.append(RecordDraft(kind: .sessionClosed, session: sessions[slot].id, body: close))
            sessions[slot] = try open(&opened, ledger, &random)
        }
    }

    private func open(_ opened: inout Int, _ ledger: Ledger, _ random: inout SeededNumbers) throws -> Session {
        let number = opened
        opened += 1
        // What was retired ran in the first hours and never again.
        let isRetired = number < 4000 && number % 2 == 0
        let service = Int(random.next() % 500)
        let role = isRetired ? "retired" : "role-\(service % 40)"
        let subject =
            isRetired ? "retired" : "project_path:team-\(service % 20)/service-\(service):ref_type:branch:ref:main"
        let id = ULID(high: UInt64(now.microseconds / 1000) << 16, low: UInt64(number))
        let body = """
            "principal":{"kind":"workload","issuer":"gitlab","subject":"\(subject)"},\
            "roles":[{"name":"\(role)","owner":"owner-\(service % 10)@example.com"}],\
            "provenance":{"pipeline":"pipeline-\(service)","run":"run-\(number)","job":"deploy","repository":"team-\(service % 20)/service-\(service)",\
            "commit":"c0ffee\(number)","ref":"main","environment":"production","trigger":"schedule",\
            "triggered_by":"person-\(service % 100)","run_url":"https://gitlab.example.com/team/service/-/jobs/\(number)"},\
            "source":{"address":"10.20.3.4","port":51234,"client":"psql"},\
            "target":{"name":"db-\(service % 20 < 14 ? 0 : service % 6)","type":"postgres","database":"orders","user":"countersign"},\
            "reason":null,"policy":"sha256:0","token":"00","target_session":{"pid":1,"stamp":"cs:x"}
            """
        _ = try ledger.append(RecordDraft(kind: .sessionOpened, session: id, body: Array(body.utf8)))
        return Session(id: id, role: role, left: 1 + Int(random.next() % 99))
    }

    private func command(
        _ number: Int,
        _ session: Session,
        _ ledger: Ledger,
        _ random: inout SeededNumbers
    ) throws {
        // A tenth of the texts are each another, as those with literals in them are.
        let table = Int(random.next() % 300)
        let kind = random.next() % 1000
        let isUnique = random.next() % 10 == 0
        let shape =
            kind < 700 ? "select" : kind < 850 ? "update" : kind < 950 ? "insert" : kind < 999 ? "delete" : "drop"
        let what = isUnique ? "\(number)" : "column_\(random.next() % 60)"
        let needle = number % 100_000 == 0 ? " /* needle */" : ""
        let text = "\(shape) \(what) from table_\(table) where id = $1 and status = $2\(needle)"
        let decision = random.next() % 500
        let outcome = decision == 0 ? "hold" : decision < 6 ? "deny" : "allow"
        let body = """
            "command":{"text":"\(text)","sha256":"\(text.hashValue)","parameters":["42","done"],\
            "effects":[{"action":"\(shape)","object":"public.table_\(table)","columns":["id","status"]}]},\
            "decision":{"outcome":"\(outcome)","role":"\(session.role)","grant":"roles.\(session.role).grants[0].allow.\(shape)",\
            "policy":"sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0","reason":null}
            """
        let reference = try ledger.append(RecordDraft(kind: .command, session: session.id, body: Array(body.utf8)))
        guard outcome == "allow", number % 5 == 0 else { return }
        let end =
            "\"of\":\"\(reference.id)\",\"of_index\":\(reference.index),\"outcome\":{\"status\":\"ok\",\"rows\":1,\"error\":null,\"duration_us\":812}"
        _ = try ledger.appendOutcome(RecordDraft(kind: .outcome, session: nil, body: Array(end.utf8)))
    }
}

/// SplitMix64: the same numbers each time.
struct SeededNumbers {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
