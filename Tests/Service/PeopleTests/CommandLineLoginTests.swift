import AccessModel
import Testing

@testable import People

@Suite("A command line's login")
struct CommandLineLoginTests {
    private let bench = LoginBench()
    private let verifier = String(repeating: "v", count: 43)

    private func code(for verifier: String? = nil) async throws -> (code: String, browser: String) {
        let browser = try await bench.signIn()
        let challenge = try #require(CodeChallenge(Secrets.digest(verifier ?? self.verifier)))
        return (try bench.desk.handOver(session: browser, to: challenge), browser)
    }

    @Test("is a session of its own, of the same person, as fresh as the browser's, and a record")
    func works() async throws {
        let (code, browser) = try await code()
        bench.advance(.seconds(30))
        let session = try bench.desk.redeem(code: code, verifier: verifier)
        #expect(session.person == "ana@example.com" && session.name == "Ana" && session.token != browser)
        let (person, first) = try (
            #require(bench.desk.person(session: session.token)), #require(bench.desk.person(session: browser))
        )
        #expect(person.channel == "cli" && person.authenticated == first.authenticated)
        #expect(person.formToken != first.formToken)
        #expect(bench.kinds == [.personSignedIn, .personSignedIn])
        bench.desk.signOut(session: browser)
        #expect(bench.desk.person(session: session.token) != nil)
        #expect(session.expires == Timestamp(seconds: 1_800_000_030).advanced(by: .seconds(3600)))
    }

    @Test("is for one code, once, and within a minute")
    func once() async throws {
        let (code, _) = try await code()
        _ = try bench.desk.redeem(code: code, verifier: verifier)
        #expect(throws: LoginRefusal.unknownCode) { try bench.desk.redeem(code: code, verifier: verifier) }
        #expect(throws: LoginRefusal.unknownCode) { try bench.desk.redeem(code: "", verifier: verifier) }
        let late = try await self.code().code
        bench.advance(.seconds(60))
        #expect(throws: LoginRefusal.unknownCode) { try bench.desk.redeem(code: late, verifier: verifier) }
    }

    @Test(
        "is for whoever has the verifier, and a code that was tried without it is spent, and told",
        arguments: ["", "v", String(repeating: "w", count: 43), String(repeating: "v", count: 129)]
    )
    func stolen(guess: String) async throws {
        let (code, _) = try await code()
        #expect(throws: LoginRefusal.unknownCode) { try bench.desk.redeem(code: code, verifier: guess) }
        #expect(throws: LoginRefusal.unknownCode) { try bench.desk.redeem(code: code, verifier: verifier) }
        #expect(bench.kinds == [.personSignedIn, .personRefused])
    }

    @Test("needs a browser that is in, was lately, and has not logged out meanwhile")
    func browser() async throws {
        let challenge = try #require(CodeChallenge(Secrets.digest(verifier)))
        #expect(throws: LoginRefusal.unknownCode) { try bench.desk.handOver(session: "nobody", to: challenge) }
        let (code, browser) = try await code()
        bench.desk.signOut(session: browser)
        #expect(throws: LoginRefusal.unknownCode) { try bench.desk.redeem(code: code, verifier: verifier) }
        let old = try await bench.signIn()
        bench.advance(.seconds(300))
        #expect(throws: LoginRefusal.notFresh) { try bench.desk.handOver(session: old, to: challenge) }
    }

    @Test("is none where it cannot be recorded, or the person has left")
    func refused() async throws {
        let first = try await code().code
        bench.change { $0.takesRecords = false }
        #expect(throws: LoginRefusal.notRecorded) { try bench.desk.redeem(code: first, verifier: verifier) }
        bench.change { $0.takesRecords = true }
        let second = try await code().code
        bench.change { $0.people = [:] }
        #expect(throws: LoginRefusal.notAPerson) { try bench.desk.redeem(code: second, verifier: verifier) }
        #expect(bench.desk.count == 2)
    }

    @Test("has room for as many codes as people are in a hurry, and for new ones when those are over")
    func room() async throws {
        let browser = try await bench.signIn()
        let challenge = try #require(CodeChallenge(Secrets.digest(verifier)))
        for _ in 0..<LoginDesk.codeLimit { _ = try bench.desk.handOver(session: browser, to: challenge) }
        #expect(throws: LoginRefusal.tooMany) { try bench.desk.handOver(session: browser, to: challenge) }
        bench.advance(.seconds(60))
        _ = try bench.desk.handOver(session: browser, to: challenge)
    }

    @Test(
        "shows a challenge of 43 characters of base64url and nothing else",
        arguments: [
            "", String(repeating: "a", count: 42), String(repeating: "a", count: 44), String(repeating: "+", count: 43),
        ]
    )
    func challenges(text: String) {
        #expect(CodeChallenge(text) == nil)
    }
}
