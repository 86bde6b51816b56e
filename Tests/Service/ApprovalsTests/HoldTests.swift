import AccessModel
import Testing

@testable import Approvals

@Suite("A held command")
struct HoldTests {
    @Test("runs after one yes of somebody who is asked, and of nobody else")
    func oneYes() throws {
        var hold = Sample.hold()
        #expect(throws: ApprovalRefusal.notApprover) {
            try hold.answered(Sample.yes("bo", ["platform"]), digest: hold.digest)
        }
        try hold.answered(Sample.yes("ana", ["dba"]), digest: hold.digest)
        #expect(hold.state == .approved)
        #expect(throws: ApprovalRefusal.over("approved")) {
            try hold.answered(Sample.yes("cleo", ["dba"]), digest: hold.digest)
        }
    }

    @Test("concerns those who are asked, now or later, and who asked; nobody else")
    func concerns() {
        let later = ApprovalTerms(
            approvers: [.person("ana")],
            quorum: 1,
            within: .seconds(60),
            escalation: .init(after: .seconds(30), to: [.group("leads")])
        )
        let hold = Sample.hold(later)
        let concerned = [("ana", "x"), ("cleo", "leads"), ("Mallory", "x")]
        #expect(concerned.allSatisfy { hold.concerns(Sample.person($0, [$1])) })
        #expect(!hold.concerns(Sample.person("bo", ["dba"])))
    }

    @Test("needs different people for its quorum")
    func quorum() throws {
        var hold = Sample.hold(Sample.terms(quorum: 2))
        try hold.answered(Sample.yes("ana", ["dba"]), digest: hold.digest)
        #expect(hold.isWaiting)
        #expect(hold.missing(at: Sample.now) == 1)
        #expect(throws: ApprovalRefusal.alreadyAnswered) {
            try hold.answered(Sample.yes("ana", ["dba"]), digest: hold.digest)
        }
        try hold.answered(Sample.yes("cleo", ["dba"]), digest: hold.digest)
        #expect(hold.state == .approved)
        #expect(hold.approvedBy == ["ana", "cleo"])
    }

    @Test("that two grants hold needs the yes of both")
    func twoGrants() throws {
        let security = ApprovalTerms(approvers: [.group("security")], quorum: 1, within: .seconds(60))
        var hold = Sample.hold(Sample.terms(), security)
        #expect(hold.expires == Sample.now.advanced(by: .seconds(60)))
        try hold.answered(Sample.yes("ana", ["dba"]), digest: hold.digest)
        #expect(hold.isWaiting)
        try hold.answered(Sample.yes("sol", ["security"]), digest: hold.digest)
        #expect(hold.state == .approved)
    }

    @Test("is never approved by the person behind it, under any name", arguments: ["ana", "ANA", "ana@x", "Ana S"])
    func ownRequest(requester: String) {
        var hold = Sample.hold(requesters: [requester])
        let ana = ApprovingPerson(id: "ana", name: "Ana S", groups: ["dba"], channel: "cli", aliases: ["ana@x"])
        let vote = Vote(person: ana, verdict: .approve, reason: nil, at: Sample.now)
        #expect(throws: ApprovalRefusal.ownRequest) { try hold.answered(vote, digest: hold.digest) }
    }

    @Test("is taken back by the person behind it")
    func takenBack() throws {
        var hold = Sample.hold(requesters: ["ana"])
        let ana = ApprovingPerson(id: "ana", name: "Ana S", groups: [], channel: "cli")
        try hold.answered(Vote(person: ana, verdict: .deny, reason: "mine", at: Sample.now), digest: hold.digest)
        #expect(hold.state == .denied(by: "ana", reason: "mine"))
    }

    @Test("ends with the first no, which keeps its reason")
    func denied() throws {
        var hold = Sample.hold(Sample.terms(quorum: 2))
        let no = Vote(person: Sample.person("ana", ["dba"]), verdict: .deny, reason: "not today", at: Sample.now)
        try hold.answered(no, digest: hold.digest)
        #expect(hold.state == .denied(by: "ana", reason: "not today"))
        #expect(HoldAnswer(hold) == .refused(reason: "denied by ana: not today"))
    }

    @Test("is not approved by an answer to something else")
    func otherDigest() {
        var hold = Sample.hold()
        let other = Sample.hold(text: "DELETE FROM public.orders WHERE id = 8")
        #expect(hold.digest != other.digest)
        #expect(throws: ApprovalRefusal.notWhatWasShown) {
            try hold.answered(Sample.yes("ana", ["dba"]), digest: other.digest)
        }
    }

    @Test("expires at its time, and cannot be approved in the same moment")
    func expiry() {
        var hold = Sample.hold()
        hold.clockReached(hold.expires.advanced(by: .microseconds(-1)))
        #expect(hold.isWaiting)
        let late = Vote(person: Sample.person("ana", ["dba"]), verdict: .approve, reason: nil, at: hold.expires)
        #expect(throws: ApprovalRefusal.over("expired")) { try hold.answered(late, digest: hold.digest) }
        hold.clockReached(hold.expires)
        #expect(hold.state == .expired)
    }

    @Test("asks others as well once nobody has answered for a while")
    func escalation() throws {
        var terms = Sample.terms()
        terms.escalation = .init(after: .seconds(60), to: [.person("lead")])
        var hold = Sample.hold(terms)
        #expect(throws: ApprovalRefusal.notApprover) { try hold.answered(Sample.yes("lead", []), digest: hold.digest) }
        let later = Sample.now.advanced(by: .seconds(60))
        #expect(hold.approvers(at: later) == [.group("dba"), .person("lead")])
        let vote = Vote(person: Sample.person("lead", []), verdict: .approve, reason: nil, at: later)
        try hold.answered(vote, digest: hold.digest)
        #expect(hold.state == .approved)
    }

    @Test("has another digest for every difference that an approval is bound to")
    func digests() {
        let base = Sample.command()
        var digests: Set<String> = [Hold.digest(of: base, expires: Sample.now)]
        let changes: [(inout HeldCommand) -> Void] = [
            { $0.text += " " }, { $0.parameters = Array("[\"7\"]".utf8) }, { $0.role = "other" },
            { $0.roles = ["other"] },
            { $0.target = "b" }, { $0.database = "b" }, { $0.user = "b" }, { $0.searchPath = ["evil", "public"] },
            { $0.catalog = 2 }, { $0.policy = "sha256:b" }, { $0.grant = nil }, { $0.effects = [] },
            { $0.obligations.rowsChanged = 5 }, { $0.session = ULID(high: 9, low: 9) },
            { $0.principal.subject = "b" }, { $0.principal.issuer = "b" },
        ]
        for change in changes {
            var command = base
            change(&command)
            #expect(digests.insert(Hold.digest(of: command, expires: Sample.now)).inserted)
        }
        #expect(digests.insert(Hold.digest(of: base, expires: Sample.now.advanced(by: .seconds(1)))).inserted)
    }

    @Test("is not approved by the owner of its role, where the grant says so")
    func owner() throws {
        var terms = Sample.terms()
        terms.excluded = ["ana@x"]
        var hold = Sample.hold(terms)
        var ana = Sample.yes("ana", ["dba"])
        ana.person.aliases = ["Ana@X"]
        #expect(throws: ApprovalRefusal.owner) { try hold.answered(ana, digest: hold.digest) }
        try hold.answered(Sample.yes("cleo", ["dba"]), digest: hold.digest)
        #expect(hold.state == .approved)
    }
}
