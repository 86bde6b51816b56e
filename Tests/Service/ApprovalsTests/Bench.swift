import AccessModel
import Synchronization

@testable import Approvals

/// A desk with a clock, a ledger and a store of the test's own.
final class Bench: Sendable {
    let desk: ApprovalDesk
    let world: BenchWorld

    convenience init(runsByItself: Bool = true) { self.init(BenchWorld(runsByItself: runsByItself)) }

    /// The same clock, ledger and store after a restart; what was under way is lost.
    func restarted(power: Bool = true) async -> Bench {
        world.stop(power: power)
        let bench = Bench(world)
        bench.desk.restore(world.kept)
        await world.settled()
        return bench
    }

    private init(_ world: BenchWorld) {
        self.world = world
        desk = ApprovalDesk(
            ports: ApprovalPorts(
                now: { world.now },
                newID: { world.newID(at: $0) },
                random: { Array(repeating: 7, count: $0) },
                record: { world.record($0) },
                whenDurable: { world.whenDurable($0, $1) },
                link: { _ in nil },
                changed: { _ in },
                canonical: { text, count in
                    let pieces = text.split(separator: ";").map(String.init)
                    return pieces.count == count ? pieces : nil
                },
                store: world
            )
        )
    }

    var kept: [ChangeSetSnapshot] { world.kept }
    var kinds: [RecordKind] { world.records.map(\.kind) }
    var answers: [HoldAnswer] { collected.withLock { $0 } }

    private let collected = Mutex<[HoldAnswer]>([])

    @discardableResult
    func hold() throws(ApprovalRefusal) -> HoldTicket {
        try desk.hold(Sample.command(), terms: [Sample.terms()]) { [self] answer in
            collected.withLock { $0.append(answer) }
        }
    }

    func advance(_ time: Duration) { world.advance(time) }

    /// As the clock does, and then what comes of it.
    func tick() async {
        desk.tick()
        await world.settled()
    }

    /// Asks for a set and has it approved.
    func approved(_ set: ChangeSet = Sample.set()) async throws -> Hold {
        let hold = try await desk.request(set, terms: [Sample.terms()])
        return try await answer(hold, "ana", .approve)
    }

    @discardableResult
    func answer(_ hold: Hold, _ name: String, _ verdict: Vote.Verdict, reason: String? = nil) async throws -> Hold {
        let person = Sample.person(name, ["dba"])
        return try await desk.answer(hold.id, by: person, verdict, reason: reason, digest: hold.digest)
    }

    /// A session sends this; what it was told, or nil where it waits.
    @discardableResult
    func send(
        _ command: HeldCommand,
        terms: [ApprovalTerms] = [Sample.terms()]
    ) async throws -> (HoldTicket, HoldAnswer?) {
        let (stream, continuation) = AsyncStream.makeStream(of: HoldAnswer.self)
        let ticket = try desk.hold(command, terms: terms) { [self] answer in
            collected.withLock { $0.append(answer) }
            continuation.yield(answer)
        }
        guard ticket.isPreapproved else { return (ticket, nil) }
        for await answer in stream { return (ticket, answer) }
        return (ticket, nil)
    }
}
