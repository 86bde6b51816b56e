internal import AccessModel
internal import ArgumentParser
internal import Foundation
internal import TransparencyLog
internal import Witnessing

/// `countersign ledger monitor`
struct LedgerMonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Watch a ledger from outside: each checkpoint must extend the last one.",
        discussion: """
            It fetches the checkpoint, verifies the log's signature and, with --policy, the witnesses' quorum, proves from \
            the log's tiles that it extends the one in --state, and keeps it there. It reads hashes alone, never a record.

            Without --once it goes on, a look each --every, and tells when no new checkpoint came for --alarm-after. It ends \
            with exit 1 when the log has another history than the one that was seen; both checkpoints are kept beside --state.

            Example:  countersign ledger monitor --url https://gateway.example.com:7480/ledger --policy witnesses.policy \
            --state /var/lib/monitor/prod.checkpoint
            """
    )

    @OptionGroup var options: MonitorOptions

    @Option(name: .long, help: ArgumentHelp("The file that keeps the last good checkpoint.", valueName: "file"))
    var state: String

    @Flag(name: .long, help: "Look once: exit 0 when all is good, 1 when it is not.")
    var once = false

    @Option(name: .long, help: ArgumentHelp("Seconds between looks.", valueName: "seconds"))
    var every = 60

    @Option(
        name: .long,
        help: ArgumentHelp("Seconds without a new checkpoint that are an alarm.", valueName: "seconds")
    )
    var alarmAfter = 300

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        guard (1...86_400).contains(every), (1...864_000).contains(alarmAfter) else {
            throw ValidationError("--every and --alarm-after are at least one second, and at most a day and ten")
        }
    }

    func run() async throws {
        let clients = AuthorityClients()
        let result: Result<Void, any Error>
        do {
            result = .success(try await watch(clients))
        } catch {
            result = .failure(error)
        }
        await clients.shutdown()
        try result.get()
    }

    private func watch(_ clients: AuthorityClients) async throws {
        let kept = WitnessedFile(path: state)
        let printer = output.printer()
        let source = try options.source(clients)
        var monitor = try start()
        var newest = ContinuousClock.now
        while true {
            do {
                let verdict = try await look(source, &monitor, kept, printer)
                if verdict != .same { newest = .now }
            } catch let found as MonitorFinding where found.isFinal || once {
                throw Failure(found.description)
            } catch {
                guard !once else { throw error }
                try tell(printer, "alarm", "\(error)", monitor.last?.checkpoint)
            }
            guard !once else { return }
            if ContinuousClock.now - newest > .seconds(alarmAfter) {
                let what = "no new checkpoint for \((ContinuousClock.now - newest).components.seconds) seconds"
                try tell(printer, "alarm", what, monitor.last?.checkpoint)
            }
            try await Task.sleep(for: .seconds(every))
        }
    }

    private func start() throws -> CheckpointMonitor {
        let last = FileManager.default.contents(atPath: state).map { Array($0) }
        let policy = try options.witnessPolicy()
        do throws(VerificationError) {
            return try CheckpointMonitor(policy: policy, last: last)
        } catch {
            throw Failure("\(state) is no checkpoint that the keys and the policy accept: \(error)")
        }
    }

    private func look(
        _ source: LogSource,
        _ monitor: inout CheckpointMonitor,
        _ kept: WitnessedFile,
        _ printer: Printer
    ) async throws -> MonitorVerdict {
        let note = try await source.checkpoint()
        let new: SignedCheckpoint
        do throws(VerificationError) { new = try monitor.open(note) } catch {
            throw MonitorFinding(what: "the checkpoint is not good: \(error)", isFinal: false)
        }
        // The proof is fetched first: judging it waits for nobody.
        var proof: Result<ConsistencyProof, any Error> = .failure(Failure("no proof"))
        if let seen = monitor.last?.checkpoint.size, seen < new.checkpoint.size {
            do { proof = .success(try await source.proof(from: seen, to: new.checkpoint.size)) } catch {
                proof = .failure(error)
            }
        }
        let before = monitor.last
        let verdict = monitor.judge(new) { _ in try proof.get() }
        switch verdict {
        case .first, .grown:
            try kept.write(new.note)
            try tell(printer, "good", verdict == .first ? "first checkpoint" : "extends the last one", new.checkpoint)
        case .same: if once { try tell(printer, "good", "the checkpoint that was seen", new.checkpoint) }
        case .older(let size):
            throw MonitorFinding(
                what:
                    "the checkpoint has \(new.checkpoint.size) entries, and \(size) were seen: an old copy, or a log that was put back",
                isFinal: false
            )
        case .forked:
            try keepConflict(before, new)
            throw MonitorFinding(
                what:
                    "two histories: the log signed two roots for \(new.checkpoint.size) entries; both are in \(state).conflict",
                isFinal: true
            )
        case .unproven(let size, let cause):
            try keepConflict(before, new)
            let what =
                "the log's tiles do not prove that \(new.checkpoint.size) entries extend the \(size) that were seen: \(cause)"
            throw MonitorFinding(what: what, isFinal: false)
        }
        return verdict
    }

    /// Both notes, one after the other.
    private func keepConflict(_ seen: SignedCheckpoint?, _ new: SignedCheckpoint) throws {
        let bytes = (seen?.note.bytes ?? []) + [0x0A] + new.note.bytes
        guard FileManager.default.createFile(atPath: state + ".conflict", contents: Data(bytes)) else {
            throw Failure("\(state).conflict cannot be written")
        }
    }

    /// `{"event":"good","what":"…","origin":"…","size":1042,"root":"…"}`
    private func tell(_ printer: Printer, _ event: String, _ what: String, _ checkpoint: Checkpoint?) throws {
        if output.json {
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("event")
            json.append(event)
            json.member("what")
            json.append(what)
            json.member("origin")
            json.append(checkpoint?.origin)
            json.member("size")
            if let checkpoint { json.append(checkpoint.size) } else { json.appendNull() }
            json.member("root")
            json.append(checkpoint?.root.base64)
            json.appendRaw("}")
            try printer.object(json)
        } else {
            let place = checkpoint.map { "\($0.origin)  size \($0.size)  root \($0.root.base64)" } ?? ""
            let painted = printer.style.paint(event, event == "good" ? .green : .red)
            try printer.line("\(SystemClock.now())  \(painted)  \("\(place)  \(what)".onOneLine)")
        }
        try printer.flush()
    }
}
