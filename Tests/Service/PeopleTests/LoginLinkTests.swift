import AccessModel
import Testing

@testable import People

@Suite("A link of the admin socket")
struct LoginLinkTests {
    private let bench = LoginBench()

    @Test("logs in the local operator, once; making it and using it are records")
    func works() throws {
        let key = try bench.desk.makeLink()
        #expect(bench.desk.isOffered(link: key) && bench.desk.isOffered(link: key))
        bench.advance(.seconds(100))
        let session = try bench.desk.enter(link: key)
        let person = try #require(bench.desk.person(session: session))
        #expect(person.id == "local:root" && person.isLocal && person.channel == "link")
        #expect(person.authenticated == Timestamp(seconds: 1_800_000_000))
        #expect(bench.kinds == [.personLinkMade, .personSignedIn])
        #expect(!bench.desk.isOffered(link: key))
        #expect(throws: LoginRefusal.unknownLink) { try bench.desk.enter(link: key) }
    }

    @Test("is over after five minutes")
    func late() throws {
        let key = try bench.desk.makeLink()
        bench.advance(.seconds(300))
        #expect(!bench.desk.isOffered(link: key))
        #expect(throws: LoginRefusal.unknownLink) { try bench.desk.enter(link: key) }
    }

    @Test("is one of a hundred at most, until the others are over")
    func room() throws {
        for _ in 0..<LoginDesk.linkLimit { _ = try bench.desk.makeLink() }
        #expect(throws: LoginRefusal.tooMany) { try bench.desk.makeLink() }
        bench.advance(.seconds(300))
        _ = try bench.desk.makeLink()
    }

    @Test("is not made, and not used, where that cannot be recorded")
    func unrecorded() throws {
        let key = try bench.desk.makeLink()
        bench.change { $0.takesRecords = false }
        #expect(throws: LoginRefusal.notRecorded) { try bench.desk.makeLink() }
        #expect(throws: LoginRefusal.notRecorded) { try bench.desk.enter(link: key) }
        bench.change { $0.takesRecords = true }
        #expect(throws: LoginRefusal.unknownLink) { try bench.desk.enter(link: key) }
        #expect(bench.desk.count == 0)
    }

    @Test("is needed where there is no provider")
    func noProvider() async throws {
        let bench = LoginBench(hasProvider: false)
        await #expect(throws: LoginRefusal.noProvider) {
            try await bench.desk.begin(returnTo: ReturnPath("/"), renewing: nil)
        }
        _ = try bench.desk.enter(link: try bench.desk.makeLink())
    }
}
