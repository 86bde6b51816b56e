import Evidence
import Testing

@Suite("What a bundle holds besides what was asked for")
struct SelectionTests {
    private func collector(_ log: SampleLog) throws -> EvidenceCollector {
        try EvidenceCollector(checkpoint: try log.checkpoint(), sources: log.sources)
    }

    @Test("A command comes with its outcome, its session's beginning and the policy that decided it")
    func command() throws {
        let log = try SampleLog.of(sessions: 3)
        // Session 1 begins at 9; its first command is 10, and 11 that one's outcome.
        let chosen = try collector(log).selection(of: [10], companions: [9, 11], policyLoads: [1])
        #expect(chosen == [1, 9, 10, 11])
    }

    @Test("The policy's record is the last one in front of the command that brought that very policy")
    func policies() throws {
        var log = try SampleLog.of(sessions: 1)
        let other = String(repeating: "ab", count: 32)
        let own = SampleLog.digest(SampleLog.policyText)
        func load(_ digest: String) throws {
            try log.append("policy.loaded", nil, #""policy":"sha256:\#(digest)","file":"f","previous":null"#)
        }
        func decide(_ digest: String) throws {
            let body =
                #""command":{"text":"SELECT 1","sha256":"0"},"decision":{"outcome":"allow","policy":"sha256:\#(digest)"}"#
            try log.append("command", SampleLog.id(5), body)
        }
        try load(other)  // 9
        try decide(other)  // 10
        try decide(own)  // 11: decided by the one before, while the new one was being put in force
        try load(own)  // 12
        try decide(own)  // 13
        try decide(String(repeating: "cd", count: 32))  // 14: of which nothing tells
        log.publish()
        let made = try collector(log)
        #expect(try made.selection(of: [10], companions: [], policyLoads: [1, 9, 12]) == [9, 10])
        #expect(try made.selection(of: [11], companions: [], policyLoads: [1, 9, 12]) == [1, 11])
        #expect(try made.selection(of: [13], companions: [], policyLoads: [1, 9, 12]) == [12, 13])
        #expect(try made.selection(of: [14], companions: [], policyLoads: [1, 9, 12]) == [14])
    }

    @Test("Of a session's approvals, those come that the command refers to")
    func approvals() throws {
        var log = try SampleLog.of(sessions: 1)
        let session = SampleLog.id(77)
        try log.append("approval.requested", session, #""approval":{"id":"A1","state":"waiting"}"#)  // 9
        let ana = #""principal":{"kind":"person","issuer":"people","subject":"ana@example.com"}"#
        try log.append("approval.decided", session, #""approval":{"id":"A1","state":"approved"},"# + ana)  // 10
        try log.append("approval.requested", session, #""approval":{"id":"A2","state":"waiting"}"#)  // 11
        let body =
            #""command":{"text":"SELECT 1","sha256":"0"},"approval":{"id":"A1","digest":"0","approvers":["ana"]}"#
        try log.append("command", session, body)  // 12
        log.publish()
        let made = try collector(log)
        #expect(try made.selection(of: [12], companions: [9, 10, 11], policyLoads: [1]) == [9, 10, 12])
        let told = EvidenceAction.all(in: try log.bundle(of: [9, 10, 12]).records, blobs: [:])
        #expect(told.map(\.headline) == ["approval.requested: waiting", "approval.decided: approved", "SELECT 1"])
        #expect(told[1].who == "ana@example.com")
        #expect(told[2].facts.contains { $0.name == "approved by" && $0.value == "ana" })
        #expect(try made.selection(of: [11, 12], companions: [9, 10, 11], policyLoads: [1]) == [9, 10, 11, 12])
    }

    @Test("An entry that is no record is not passed off as one")
    func strangers() throws {
        var log = try SampleLog.of(sessions: 1)
        try log.append(Array("no record".utf8))
        log.publish()
        let made = try collector(log)
        #expect(throws: EvidenceShortage.notARecord(9)) {
            try made.selection(of: [9], companions: [], policyLoads: [])
        }
        #expect(throws: (any Error).self) { try made.selection(of: [10], companions: [], policyLoads: []) }
    }
}
