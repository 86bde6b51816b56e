import AccessModel
import Testing

@testable import Identity

@Suite("A reload takes hold at once and keeps what did not change")
struct ReloadTests {
    @Test("Keys of an unchanged issuer are kept, and so they are where only its rules changed")
    func keepsKeys() async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token()) == nil)
        var changed = site.trusted
        changed.audiences = ["gateway"]
        site.verifier.update(issuers: [changed])
        #expect(await site.code(try site.token()) == .wrongAudience)
        #expect(await site.code(try site.token(["aud": "gateway"])) == nil)
        #expect(site.world.fetched.count == 1)
    }

    @Test("Keys are loaded anew where their source, their algorithms or the issuer changed")
    func dropsKeys() async throws {
        let changes: [(inout TrustedIssuer) -> Void] = [
            { $0.keySource = .url("https://ci.example.com/new") }, { $0.algorithms = [.es256] },
            { $0.url = "https://new.example.com" },
        ]
        for change in changes {
            let site = try await TestSite.make()
            #expect(await site.code(try site.token()) == nil)
            var changed = site.trusted
            change(&changed)
            site.verifier.update(issuers: [changed])
            #expect(site.verifier.refreshStatus().map(\.keys) == [0])
        }
    }

    @Test("An issuer that was taken out is unknown at once")
    func removesIssuer() async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token()) == nil)
        let other = TrustedIssuer(name: "other", url: "https://other.example.com", audiences: ["countersign"])
        site.verifier.update(issuers: [other])
        #expect(await site.code(try site.token()) == .unknownIssuer)
        #expect(site.verifier.refreshStatus().map(\.issuer) == ["other"])
    }

    @Test("Two issuers with one iss are told apart by their keys, without loads for each other's tokens")
    func sharedIssuer() async throws {
        let site = try await TestSite.make(.es256) { $0.name = "east" }
        let westKey = try await TestKey.make(.es256, "key-west")
        var west = site.trusted
        west.name = "west"
        west.keySource = .file("west.json")
        site.world.write(keySet(westKey.jwk), to: "west.json")
        site.verifier.update(issuers: [site.trusted, west])
        let eastToken = try site.token()
        let westToken = try westKey.sign(site.claims())
        for _ in 0..<5 {
            #expect(try await site.verifier.verify(eastToken).principal.issuer == "east")
            #expect(try await site.verifier.verify(westToken).principal.issuer == "west")
            site.world.pass(31)
        }
        #expect(site.world.fetched.count == 1)
    }

    @Test("Two issuers with one iss and one kid are told apart by the signature")
    func sharedKeyID() async throws {
        let site = try await TestSite.make(.es256) { $0.name = "east" }
        let westKey = try await TestKey.make(.es256)
        var west = site.trusted
        west.name = "west"
        west.keySource = .file("west.json")
        site.world.write(keySet(westKey.jwk), to: "west.json")
        site.verifier.update(issuers: [site.trusted, west])
        #expect(try await site.verifier.verify(try westKey.sign(site.claims())).principal.issuer == "west")
        #expect(try await site.verifier.verify(try site.token()).principal.issuer == "east")
    }

    @Test("Two issuers with the same keys are told apart by the audience")
    func sharedKeys() async throws {
        let site = try await TestSite.make(.es256) { $0.name = "one" }
        var two = site.trusted
        two.name = "two"
        two.audiences = ["second"]
        site.verifier.update(issuers: [site.trusted, two])
        #expect(try await site.verifier.verify(try site.token(["aud": "second"])).principal.issuer == "two")
        #expect(await site.code(try site.token(["aud": "third"])) == .wrongAudience)
    }

    @Test("Two issuers with the same keys are told apart also when the other's keys are not loaded yet")
    func sharedKeysLoadedLate() async throws {
        let site = try await TestSite.make(.es256) { $0.name = "one" }
        #expect(await site.code(try site.token()) == nil)
        var two = site.trusted
        two.name = "two"
        two.audiences = ["second"]
        site.verifier.update(issuers: [site.trusted, two])
        #expect(try await site.verifier.verify(try site.token(["aud": "second"])).principal.issuer == "two")
    }

    @Test("One issuer that answers slowly does not hold up another's tokens", .timeLimit(.minutes(1)))
    func slowNeighbour() async throws {
        let site = try await TestSite.make(.es256) { $0.name = "east" }
        #expect(await site.code(try site.token()) == nil)
        var west = site.trusted
        west.name = "west"
        west.keySource = .url("https://west.example.com/keys")
        site.world.hold(at: Gate())
        site.verifier.update(issuers: [west, site.trusted])
        #expect(try await site.verifier.verify(try site.token()).principal.issuer == "east")
    }

    @Test("One issuer that cannot be reached does not keep another's tokens out")
    func unreachableNeighbour() async throws {
        let site = try await TestSite.make(.es256) { $0.name = "east" }
        var west = site.trusted
        west.name = "west"
        west.keySource = .file("missing.json")
        site.verifier.update(issuers: [west, site.trusted])
        #expect(try await site.verifier.verify(try site.token()).principal.issuer == "east")
    }

    @Test("Reloads and verifications at the same time lose nothing")
    func concurrentReloads() async throws {
        let site = try await TestSite.make(.es256) { $0.singleUse = true }
        let token = try site.token()
        let accepted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    site.verifier.update(issuers: [site.trusted])
                    return await site.code(token) == nil ? 1 : 0
                }
            }
            return await group.reduce(0, +)
        }
        #expect(accepted == 1)
        #expect(site.world.fetched.count == 1)
    }
}
