import AccessModel
import Testing

@testable import Identity

@Suite("A single-use token opens one session")
struct ReplayTests {
    private func site(_ change: (inout TrustedIssuer) -> Void = { _ in }) async throws -> TestSite {
        try await TestSite.make(.es256) {
            $0.singleUse = true
            change(&$0)
        }
    }

    @Test("The second use is refused, by jti and without", arguments: ["token-1", nil, ""] as [ClaimValue?])
    func refusesSecondUse(identifier: ClaimValue?) async throws {
        let site = try await site()
        let token = try site.token(["jti": identifier])
        #expect(await site.code(token) == nil)
        #expect(await site.code(token) == .replayed)
        site.world.pass(359)
        #expect(await site.code(token) == .replayed)
        site.world.pass(1)
        #expect(await site.code(token) == .expired)
    }

    @Test("A second signature over the same token is the same token")
    func refusesResigned() async throws {
        let site = try await site()
        #expect(await site.code(try site.token(["jti": nil])) == nil)
        #expect(await site.code(try site.token(["jti": nil])) == .replayed)
        #expect(await site.code(try site.token(["jti": nil, "run": "2"])) == nil)
    }

    @Test("One jti is one token, whatever else it says")
    func refusesSameIdentifier() async throws {
        let site = try await site()
        #expect(await site.code(try site.token()) == nil)
        #expect(await site.code(try site.token(["sub": "job:2"])) == .replayed)
        #expect(await site.code(try site.token(["jti": "token-2"])) == nil)
    }

    @Test("Of a hundred sessions with one token, one comes in")
    func concurrentUses() async throws {
        let site = try await site()
        let token = try site.token()
        let accepted = await withTaskGroup(of: TokenRefusal.Code?.self) { group in
            for _ in 0..<100 { group.addTask { await site.code(token) } }
            return await group.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
        }
        #expect(accepted == 1)
    }

    @Test("An empty jti is no jti: two tokens that have it are two tokens")
    func emptyIdentifier() async throws {
        let site = try await site()
        #expect(await site.code(try site.token(["jti": "", "run": "1"])) == nil)
        #expect(await site.code(try site.token(["jti": "", "run": "2"])) == nil)
    }

    @Test("A token that is refused for another reason is not spent")
    func refusalDoesNotSpend() async throws {
        let site = try await site()
        #expect(await site.code(try site.token(["aud": "vault"])) == .wrongAudience)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("A full guard refuses, and has room again when tokens have expired")
    func fullGuard() async throws {
        let site = try await site { $0.replayCapacity = 2 }
        #expect(await site.code(try site.token(["jti": "1"])) == nil)
        #expect(await site.code(try site.token(["jti": "2", "exp": 1_800_000_800])) == nil)
        #expect(await site.code(try site.token(["jti": "3"])) == .replayGuardFull)
        site.world.pass(361)
        #expect(await site.code(try site.token(["jti": "4", "iat": 1_800_000_000])) == nil)
        #expect(await site.code(try site.token(["jti": "5"])) == .replayGuardFull)
        #expect(await site.code(try site.token(["jti": "2", "exp": 1_800_000_800])) == .replayed)
    }

    @Test("A reload of any other setting does not let a token in again")
    func reloadKeepsGuard() async throws {
        let site = try await site()
        let token = try site.token()
        #expect(await site.code(token) == nil)
        var changed = site.trusted
        changed.maxTokenAge = .seconds(3600)
        changed.algorithms = [.es256]
        changed.keySource = .file("keys.json")
        site.world.write(keySet(site.key.jwk), to: "keys.json")
        site.verifier.update(issuers: [changed])
        #expect(await site.code(token) == .replayed)
    }
}
