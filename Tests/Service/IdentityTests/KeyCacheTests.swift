import AccessModel
import Testing

@testable import Identity

@Suite("Keys are loaded once for all, seldom, and served stale only for a bounded time")
struct KeyCacheTests {
    @Test("A hundred first sessions load the keys once, and all come in")
    func firstLoadIsShared() async throws {
        let site = try await TestSite.make()
        let token = try site.token()
        let gate = Gate()
        site.world.hold(at: gate)
        let refused = await withTaskGroup(of: TokenRefusal.Code?.self) { group in
            for _ in 0..<100 { group.addTask { await site.code(token) } }
            await gate.arrival()
            await gate.open()
            return await group.reduce(into: []) { codes, code in codes += [code].compactMap { $0 } }
        }
        #expect(refused.isEmpty)
        #expect(site.world.fetched == [TestSite.keysURL])
    }

    @Test("A hundred sessions with a rotated key refresh once, and all come in")
    func rotationIsShared() async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token()) == nil)
        let rotated = try await TestKey.make(.es256, "key-2")
        site.world.serve(keySet(rotated.jwk), at: TestSite.keysURL)
        site.world.pass(31)
        let token = try rotated.sign(site.claims())
        let refused = await withTaskGroup(of: TokenRefusal.Code?.self) { group in
            for _ in 0..<100 { group.addTask { await site.code(token) } }
            return await group.reduce(into: []) { codes, code in codes += [code].compactMap { $0 } }
        }
        #expect(refused.isEmpty)
        #expect(site.world.fetched.count == 2)
        #expect(await site.code(try site.token()) == .unknownKey)
    }

    @Test("Tokens with unknown keys and bad signatures cost one load in thirty seconds")
    func refreshIsLimited() async throws {
        let site = try await TestSite.make()
        let unknown = try site.token(header: ["kid": "key-9"])
        let forged = try await TestKey.make(.es256).sign(site.claims())
        for second in 0..<90 {
            #expect(await site.code(second % 2 == 0 ? unknown : forged) != nil)
            site.world.pass(1)
        }
        #expect(site.world.fetched.count == 3)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("An issuer that reuses a kid for another key is followed")
    func reusedKeyID() async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token()) == nil)
        let rotated = try await TestKey.make(.rs256)
        site.world.serve(keySet(rotated.jwk), at: TestSite.keysURL)
        site.world.pass(30)
        #expect(await site.code(try rotated.sign(site.claims())) == nil)
        #expect(await site.code(try site.token()) == .keyMismatch)
    }

    @Test("A key that the issuer took back is refused after ten minutes, however quiet it was")
    func removedKey() async throws {
        let site = try await TestSite.make()
        let second = try await TestKey.make(.es256, "key-2")
        #expect(await site.code(try site.token()) == nil)
        site.world.serve(keySet(second.jwk), at: TestSite.keysURL)
        site.world.pass(599)
        #expect(await site.code(try site.token()) == nil)
        site.world.pass(1)
        #expect(await site.code(try site.token()) == .unknownKey)
    }

    @Test("An empty set takes all keys back", arguments: [#"{"keys":[]}"#, #"{"keys":[{"kty":"oct","k":"AAAA"}]}"#])
    func emptySet(text: String) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token()) == nil)
        site.world.serve(text, at: TestSite.keysURL)
        site.world.pass(600)
        #expect(await site.code(try site.token()) == .unknownKey)
        #expect(site.verifier.refreshStatus().map(\.isUsable) == [false])
    }

    @Test(
        "While the issuer cannot be reached or answers nonsense, keys serve until the bound and no longer",
        arguments: [nil, "", "{", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[],"keys":[]}"#, "<html></html>"]
    )
    func staleBound(answer: String?) async throws {
        let site = try await TestSite.make(.es256) { $0.staleBound = .seconds(3600) }
        #expect(await site.code(try site.token()) == nil)
        site.world.serve(answer, at: TestSite.keysURL)
        site.world.pass(3599)
        #expect(await site.code(try site.token()) == nil)
        #expect(site.verifier.refreshStatus().first?.isUsable == true)
        #expect(site.verifier.refreshStatus().first?.fault == (answer == nil ? .unreachable : .malformedKeySet))
        site.world.pass(1)
        #expect(await site.code(try site.token()) == .keysUnavailable)
        #expect(site.verifier.refreshStatus().first?.isUsable == false)

        site.world.serve(keySet(site.key.jwk), at: TestSite.keysURL)
        site.world.pass(30)
        #expect(await site.code(try site.token()) == nil)
        #expect(site.verifier.refreshStatus().first?.fault == nil)
    }

    @Test("Until a first load succeeds, another is tried every five seconds")
    func firstLoadIsRetried() async throws {
        let site = try await TestSite.make()
        site.world.serve(nil, at: TestSite.keysURL)
        for _ in 0..<10 {
            #expect(await site.code(try site.token()) == .keysUnavailable)
            site.world.pass(1)
        }
        #expect(site.world.fetched.count == 2)
        site.world.serve(keySet(site.key.jwk), at: TestSite.keysURL)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("Keys over the document limit are not taken")
    func oversizedSet() async throws {
        let site = try await TestSite.make()
        let padding = String(repeating: " ", count: IdentityLimits.document)
        site.world.serve(keySet(site.key.jwk) + padding, at: TestSite.keysURL)
        #expect(await site.code(try site.token()) == .keysUnavailable)
        #expect(site.verifier.refreshStatus().first?.fault == .tooLarge)
    }

    @Test("A clock that is set back neither stops loads nor makes old keys young")
    func clockSetBack() async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token()) == nil)
        site.world.pass(-7200)
        site.world.serve(nil, at: TestSite.keysURL)
        #expect(await site.code(try site.token()) == .keysUnavailable)
        site.world.serve(keySet(site.key.jwk), at: TestSite.keysURL)
        site.world.pass(30)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("A session that gives up does not take the load along")
    func cancelledSession() async throws {
        let site = try await TestSite.make()
        let token = try site.token()
        let gate = Gate()
        site.world.hold(at: gate)
        let impatient = Task { await site.code(token) }
        await gate.arrival()
        impatient.cancel()
        let patient = Task { await site.code(token) }
        await gate.open()
        #expect(await patient.value == nil)
        _ = await impatient.value
        #expect(site.world.fetched.count == 1)
    }

    @Test("While old keys serve, no session waits for an issuer that is known to be down", .timeLimit(.minutes(1)))
    func downIsNotWaitedFor() async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token()) == nil)
        site.world.serve(nil, at: TestSite.keysURL)
        site.world.pass(600)
        #expect(await site.code(try site.token()) == nil)
        #expect(site.world.fetched.count == 2)
        let gate = Gate()
        site.world.hold(at: gate)
        site.world.pass(600)
        #expect(await site.code(try site.token()) == nil)
        await gate.arrival()
        #expect(site.world.fetched.count == 3)
        await gate.open()
    }

    @Test("Keys are loaded ahead of sessions, and the status says so")
    func refreshesAhead() async throws {
        let site = try await TestSite.make()
        #expect(site.verifier.refreshStatus() == [IssuerStatus(issuer: "ci", keys: 0, isUsable: false)])
        await site.verifier.refreshKeys()
        let now = site.world.now
        #expect(
            site.verifier.refreshStatus()
                == [IssuerStatus(issuer: "ci", keys: 1, loadedAt: now, attemptedAt: now, isUsable: true)]
        )
        await site.verifier.refreshKeys()
        #expect(site.world.fetched.count == 1)
        site.world.pass(600)
        await site.verifier.refreshKeys()
        #expect(await site.code(try site.token()) == nil)
        #expect(site.world.fetched.count == 2)
    }
}
