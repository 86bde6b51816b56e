import AccessModel
import Foundation
import Glibc
import Synchronization
import Testing
import TransparencyLog

@testable import AuditLog

/// A process of its own appends and signs, and is killed. `COUNTERSIGN_KILLS` says how often; a few times without it.
@Suite("kill -9", .serialized)
struct KillTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let folder = environment["COUNTERSIGN_KILL_FOLDER"]
    private static let kills = environment["COUNTERSIGN_KILLS"].flatMap { Int($0) } ?? 4

    /// Signing as often as it can: many of the moments fall into a round.
    private static let options: LedgerOptions = {
        var options = LedgerOptions(
            segmentBytes: 256 << 10,
            lowestFreeBytes: 0,
            headInterval: .milliseconds(5),
            checkpointInterval: .milliseconds(1),
            checkpointEntries: 50
        )
        options.checkpointLook = .milliseconds(1)
        options.checkpointRest = 1
        return options
    }()

    @Test(
        "Killed at random moments while it records and signs, it loses nothing that it told, and never signs two histories",
        .enabled(if: folder == nil)
    )
    func killed() throws {
        let place = try Workplace()
        try FileManager.default.createDirectory(atPath: place.root + "/notes", withIntermediateDirectories: true)
        var locks: Set<[UInt8]> = []
        for round in 1...KillTests.kills {
            let child = try KillTests.spawn(place.root)
            let begun = try told(place)
            let deadline = ContinuousClock.now + .seconds(120)
            while try told(place) <= begun, ContinuousClock.now < deadline { usleep(500) }
            usleep(.random(in: 0..<60_000))
            kill(child, SIGKILL)
            var status: Int32 = 0
            waitpid(child, &status, 0)
            #expect(status & 0x7F == SIGKILL, "the child ended by itself: \(status)")
            let told = try told(place)
            try #require(told > begun)
            locks.insert(try place.bytes(place.identity.lock))
            let ledger = try place.open(KillTests.options)
            #expect(ledger.recovery.records >= told, "round \(round)")
            ledger.close()
            guard round == KillTests.kills || round.isMultiple(of: 10) else { continue }
            let names = try FileManager.default.contentsOfDirectory(atPath: place.root + "/notes")
            let notes = try names.map { try place.bytes(place.root + "/notes/" + $0) } + locks
            let earlier = notes.enumerated().map { VerificationAnchors.Earlier(name: "seen \($0)", note: $1) }
            guard
                case .intact(let summary) = try place.verify(
                    VerificationAnchors(earlier: earlier, lock: place.identity.lock)
                )
            else {
                Issue.record("round \(round): \(try place.verify())")
                return
            }
            print("round \(round): \(summary.records) records, \(notes.count) checkpoints seen, all of one history")
        }
    }

    /// How many records the children were told are there.
    private func told(_ place: Workplace) throws -> UInt64 {
        guard let bytes = try? place.bytes(place.root + "/told"), bytes.count >= 8 else { return 0 }
        let words = bytes.count / 8
        return bytes.withUnsafeBytes { raw in
            (0..<words).map { raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }.max() ?? 0
        }
    }

    private static func spawn(_ root: String) throws -> pid_t {
        let own = CommandLine.arguments.dropFirst()
        var arguments = ["/proc/self/exe"]
        var skipsNext = false
        for argument in own {
            if skipsNext {
                skipsNext = false
            } else if ["--filter", "--skip"].contains(argument) {
                skipsNext = true
            } else if !argument.hasPrefix("--filter") && !argument.hasPrefix("--skip") {
                arguments.append(argument)
            }
        }
        if !arguments.contains("--testing-library") { arguments += ["--testing-library", "swift-testing"] }
        arguments += ["--filter", "KillTests/child"]
        let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let variables = environment.map { "\($0)=\($1)" } + ["COUNTERSIGN_KILL_FOLDER=\(root)"]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var pid: pid_t = 0
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = variables.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        let failure = posix_spawn(&pid, executable, &actions, nil, argv, envp)
        guard failure == 0 else { throw LedgerError(.failed(failure)) }
        return pid
    }

    @Test("The process that is killed", .enabled(if: folder != nil))
    func child() throws {
        guard let root = KillTests.folder else { return }
        let identity = LedgerIdentity(origin: "example.com/test", keys: root + "/keys")
        let told = open(root + "/told", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let publisher = CheckpointPublisher(
            cosign: nil,
            published: { note, checkpoint in
                // Whole or not at all: the parent reads it after the end.
                let name = "\(root)/notes/\(checkpoint.size)-\(getpid())"
                try? Data(note.bytes).write(to: URL(filePath: name), options: .atomic)
            }
        )
        let ledger = try Ledger(
            directory: root + "/ledger",
            identity: identity,
            options: KillTests.options,
            publisher: publisher
        ) { Timestamp(seconds: 1_795_000_000) }
        let threads = try (0..<3).map { number in
            try LedgerThread("writer-\(number)") {
                let session = ULID(high: .random(in: 1 ... .max), low: .random(in: 1 ... .max))
                while true {
                    let draft = RecordDraft.command(String(repeating: "x", count: .random(in: 1..<600)), in: session)
                    guard let reference = try? ledger.append(draft) else { return }
                    var count = reference.index + 1
                    _ = withUnsafeBytes(of: &count) { write(told, $0.baseAddress, 8) }
                }
            }
        }
        for thread in threads { thread.join() }
    }
}
