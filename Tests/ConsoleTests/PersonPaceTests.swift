import AccessModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Console

@Suite("How often a person may ask")
struct PersonPaceTests {
    private static let people = PeoplePorts(
        url: "https://console.example",
        begin: { _, _ in ("", "") },
        finish: { _, _, _, _ in ("", "") },
        person: { APISite.person($0) },
        signOut: { _ in }
    )

    @Test("Whoever asks too often is told when to go on; somebody else is not held up by it")
    func paces() async throws {
        let router = Router(context: ConsoleContext.self)
        router.add(middleware: ProblemAnswers())
        router.add(middleware: IdentifyPerson(people: PersonPaceTests.people))
        let began = ContinuousClock.now
        router.add(middleware: PersonPace(pace: AddressPace(burst: 3, perSecond: 1, now: { began })))
        router.get("x") { _, _ in "ok" }
        try await Application(router: router).test(.router) { client in
            func ask(_ token: String?) async throws -> (Int, String?) {
                let headers: HTTPFields = token.map { [.authorization: "Bearer \($0)"] } ?? [:]
                return try await client.execute(uri: "/x", method: .get, headers: headers) {
                    ($0.status.code, $0.headers[.retryAfter])
                }
            }
            for _ in 0..<3 { #expect(try await ask("auditor").0 == 200) }
            let refused = try await ask("auditor")
            #expect(refused.0 == 429 && refused.1 == "1")
            #expect(try await ask("administrator").0 == 200)
            for _ in 0..<9 { #expect(try await ask(nil).0 == 200) }
        }
    }

    @Test("One person's long questions take their places and no more; what ends gives its place back")
    func places() async throws {
        let router = Router(context: ConsoleContext.self)
        router.add(middleware: ProblemAnswers())
        router.add(middleware: IdentifyPerson(people: PersonPaceTests.people))
        router.add(middleware: PersonPace(places: 2))
        let (doors, opener) = AsyncStream<Void>.makeStream()
        let (entered, came) = AsyncStream<Void>.makeStream()
        let gate = Task { for await _ in doors { break } }
        router.get("slow") { _, _ in
            came.yield()
            await gate.value
            return "ok"
        }
        router.get("quick") { _, _ in "ok" }
        try await Application(router: router).test(.router) { client in
            @Sendable func ask(_ path: String, as token: String) async throws -> Int {
                try await client.execute(uri: path, method: .get, headers: [.authorization: "Bearer \(token)"]) {
                    $0.status.code
                }
            }
            async let first = ask("/slow", as: "auditor")
            async let second = ask("/slow", as: "auditor")
            var arrivals = entered.makeAsyncIterator()
            await arrivals.next()
            await arrivals.next()
            #expect(try await ask("/quick", as: "auditor") == 429)
            #expect(try await ask("/quick", as: "administrator") == 200)
            opener.yield()
            let both = try await [first, second]
            #expect(both == [200, 200])
            #expect(try await ask("/quick", as: "auditor") == 200)
        }
    }
}
