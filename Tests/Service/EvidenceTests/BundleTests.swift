import Testing

@testable import Evidence
@testable import TransparencyLog

@Suite("Bundles of evidence")
struct BundleTests {
    /// Session 20 of a log of 40: its beginning, two commands with outcomes, a refused one, its end; and what came before.
    private static let indices: [UInt64] = [0, 1] + Array(142...148)

    @Test("What was put into a bundle is verified with the key alone, and told")
    func verifies() throws {
        let log = try SampleLog.of(sessions: 40)
        let bundle = try log.bundle(of: BundleTests.indices)
        let file = try bundle.file()
        let report = try EvidenceVerifier(policy: log.trusted).verify(file)
        #expect(report.checkpoint.checkpoint.size == 282)
        #expect(report.bundle.records.map(\.index) == BundleTests.indices)
        #expect(
            report.actions.map(\.kind) == [
                "gateway.started", "policy.loaded", "session.opened", "command", "command", "command", "session.closed",
            ]
        )
        let command = report.actions[3]
        #expect(command.headline == "UPDATE public.orders SET status = '<script>alert(1)</script> & 20'")
        #expect(command.who == "nightly (owner ana@example.com), project:20")
        #expect(command.facts.contains { $0.name == "commit" && $0.value == "c0ffee20" })
        #expect(command.facts.contains { $0.name == "result" && $0.value == "ok, 1 row" })
        #expect(report.actions[4].headline == String(decoding: SampleLog.longText, as: UTF8.self))
        #expect(report.actions[5].facts.contains { $0.name == "decision" && $0.value == "deny, not allowed" })
        #expect(report.remarks == [])
        #expect(report.allLimits.count == 6)
        #expect(try EvidenceBundle(file: file).file() == file)
    }

    @Test(
        "Witnesses count only where the reader named them",
        arguments: [
            ("none", true, 1), ("W1", true, 1), ("W2", true, nil), ("both", true, nil), ("W1", false, nil),
        ] as [(String, Bool, Int?)]
    )
    func witnesses(quorum: String, isCosigned: Bool, count: Int?) throws {
        let log = try SampleLog.of(sessions: 2)
        let file = try log.bundle(of: [3], isCosigned: isCosigned).file()
        let verifier = EvidenceVerifier(policy: try log.policy(quorum: quorum))
        guard let count else {
            #expect(throws: BundleError.log(.noQuorum(cosigned: isCosigned ? 1 : 0, known: 2))) {
                try verifier.verify(file)
            }
            return
        }
        let report = try verifier.verify(file)
        #expect(report.checkpoint.cosignatures.count == count)
        #expect(report.checkpoint.earliestTime == 1_790_000_100)
        #expect(report.allLimits == EvidenceReport.limits)
    }

    @Test("A session is told to be whole where all its records are there, and only then")
    func sessions() throws {
        let log = try SampleLog.of(sessions: 3)
        func whole(_ indices: [UInt64]) throws -> [Bool] {
            try EvidenceVerifier(policy: log.trusted).verify(try log.bundle(of: indices).file()).sessions.map(\.isWhole)
        }
        #expect(try whole(Array(2...8)) == [true])
        #expect(try whole(Array(0...16)) == [true, true, false])
        for missing in 2...8 as ClosedRange<UInt64> {
            #expect(try whole((2...8).filter { $0 != missing }) == [false], "without \(missing)")
        }
        #expect(try whole([0, 1]) == [])
    }

    @Test("Another log's key does not verify it")
    func otherKey() throws {
        let file = try SampleLog.of(sessions: 2).bundle(of: [3]).file()
        for other in [try SampleLog(seed: 2), try SampleLog(origin: "countersign.example/other")] {
            #expect(throws: BundleError.log(.note(.unsigned))) {
                try EvidenceVerifier(policy: other.trusted).verify(file)
            }
        }
    }

    @Test("Every record's own proof verifies as other programs would")
    func singleProofs() throws {
        let log = try SampleLog.of(sessions: 40)
        let bundle = try log.bundle(of: BundleTests.indices)
        let members = try StoredZip.members(of: try bundle.file())
        let proofs = members.filter { $0.name.hasPrefix("proofs/") }
        #expect(proofs.count == BundleTests.indices.count)
        for (record, member) in zip(bundle.records, proofs) {
            let proof = try TlogProof(member.bytes)
            #expect(member.name == "proofs/\(record.index).tlog-proof")
            _ = try proof.verify(leaf: .leaf(record.bytes), policy: log.trusted)
        }
        let many = try log.bundle(of: Array(0..<282))
        #expect(many.proof.hashes == [])
        #expect(try StoredZip.members(of: many.file()).count == 8)
        _ = try EvidenceVerifier(policy: log.trusted).verify(try many.file())
    }

    @Test("Without its texts, a bundle verifies and says what is not there")
    func missingTexts() throws {
        let log = try SampleLog.of(sessions: 2)
        var bundle = try log.bundle(of: Array(0..<9))
        bundle.blobs = [:]
        bundle.policies = [:]
        let report = try EvidenceVerifier(policy: log.trusted).verify(try bundle.file())
        #expect(
            report.remarks == [
                "1 long text(s) that records name are not in the bundle, or were erased",
                "1 policy text(s) that records name are not in the bundle",
            ]
        )
        #expect(report.actions.contains { $0.headline.hasPrefix("a statement of 5009 bytes") })
    }

    // MARK: An older checkpoint

    @Test("The bundle's log extends the checkpoint that its reader kept", arguments: [0, 1, 100, 255, 256, 281, 282])
    func extends(old: UInt64) throws {
        let log = try SampleLog.of(sessions: 40)
        let kept = try log.checkpoint(size: old)
        let file = try log.bundle(of: [142], older: old).file()
        #expect(try EvidenceVerifier(policy: log.trusted, older: kept).verify(file).older?.size == old)
    }

    @Test("A log that does not extend it is found, and so is every other older checkpoint")
    func doesNotExtend() throws {
        let log = try SampleLog.of(sessions: 40)
        let file = try log.bundle(of: [142], older: 100).file()
        func words(_ older: [UInt8]) -> String {
            do {
                _ = try EvidenceVerifier(policy: log.trusted, older: older).verify(file)
                return "verified"
            } catch {
                return "\(error)"
            }
        }
        // The same key signed another history of the same length.
        var fork = try SampleLog()
        for number in 0..<100 { try fork.append(Array("other \(number)".utf8)) }
        fork.publish()
        #expect(words(try fork.checkpoint()).hasPrefix("the log does not extend the older checkpoint: the later tree"))
        #expect(words(try log.checkpoint(size: 101)).contains("no proof from the older checkpoint's 101 entries"))
        #expect(words(try SampleLog.of(sessions: 50).checkpoint()).contains("it is no older one"))
        #expect(words(try SampleLog.of(sessions: 1, origin: "countersign.example/b").checkpoint()).contains("no key"))
        #expect(words([]).contains("the older checkpoint"))
        let same = try SampleLog.of(sessions: 40).checkpoint()
        #expect(words(same) == "verified")
        var forkOfSameSize = try SampleLog()
        for number in 0..<282 { try forkOfSameSize.append(Array("other \(number)".utf8)) }
        forkOfSameSize.publish()
        #expect(words(try forkOfSameSize.checkpoint()).contains("does not extend"))
    }
}
