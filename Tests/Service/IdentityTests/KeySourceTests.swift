import AccessModel
import Testing

@testable import Identity

@Suite("Keys come from where the configuration says, and from nowhere else")
struct KeySourceTests {
    static let document = "https://ci.example.com/.well-known/openid-configuration"

    private func discovery(issuer: String, keys: String) -> String {
        ClaimValue.object(["issuer": .string(issuer), "jwks_uri": .string(keys), "extra": [1, ["a": nil]]]).json
    }

    @Test("Discovery finds the key set", arguments: ["https://ci.example.com", "https://ci.example.com/"])
    func discovers(url: String) async throws {
        let site = try await TestSite.make(.es256) {
            $0.url = url
            $0.keySource = .discovery
        }
        site.world.serve(discovery(issuer: url, keys: "https://keys.example.com/jwks"), at: Self.document)
        site.world.serve(keySet(site.key.jwk), at: "https://keys.example.com/jwks")
        #expect(await site.code(try site.token()) == nil)
        #expect(site.world.fetched == [Self.document, "https://keys.example.com/jwks"])
    }

    @Test(
        "A discovery document that is not this issuer's, or leads to an unsafe place, is not followed",
        arguments: [
            (#"{"issuer":"https://ci.example.com/","jwks_uri":"https://ci.example.com/keys"}"#, .issuerMismatch),
            (#"{"issuer":"https://evil.example.com","jwks_uri":"https://ci.example.com/keys"}"#, .issuerMismatch),
            (#"{"issuer":"https://ci.example.com","jwks_uri":"http://ci.example.com/keys"}"#, .insecureAddress),
            (#"{"issuer":"https://ci.example.com","jwks_uri":"http://127.0.0.1:8080/keys"}"#, .insecureAddress),
            (#"{"issuer":"https://ci.example.com","jwks_uri":"https://localhost/keys"}"#, .insecureAddress),
            (#"{"issuer":"https://ci.example.com","jwks_uri":"file:///etc/passwd"}"#, .insecureAddress),
            (#"{"issuer":"https://ci.example.com","jwks_uri":"https://ci.example.com@evil/keys"}"#, .insecureAddress),
            (#"{"issuer":"https://ci.example.com","jwks_uri":""}"#, .insecureAddress),
            (#"{"issuer":"https://ci.example.com"}"#, .malformedDiscovery),
            (#"{"jwks_uri":"https://ci.example.com/keys"}"#, .malformedDiscovery),
            (#"{"issuer":["https://ci.example.com"],"jwks_uri":"https://ci.example.com/keys"}"#, .malformedDiscovery),
            (
                #"{"issuer":"x","issuer":"https://ci.example.com","jwks_uri":"https://ci.example.com/keys"}"#,
                .malformedDiscovery
            ),
            ("", .malformedDiscovery),
            ("<html>", .malformedDiscovery),
        ] as [(String, KeySetFault)]
    )
    func refusesDiscovery(text: String, fault: KeySetFault) async throws {
        let site = try await TestSite.make(.es256) { $0.keySource = .discovery }
        site.world.serve(text, at: Self.document)
        #expect(await site.code(try site.token()) == .keysUnavailable)
        #expect(site.verifier.refreshStatus().first?.fault == fault)
        #expect(site.world.fetched == [Self.document])
    }

    @Test("Without TLS keys come from this machine alone")
    func loopback() async throws {
        let local = "http://127.0.0.1:9000"
        let site = try await TestSite.make(.es256) {
            $0.url = local
            $0.keySource = .discovery
        }
        site.world.serve(
            discovery(issuer: local, keys: local + "/keys"),
            at: local + "/.well-known/openid-configuration"
        )
        site.world.serve(keySet(site.key.jwk), at: local + "/keys")
        #expect(await site.code(try site.token()) == nil)

        for source in [.discovery, .url("http://10.0.0.1/keys")] as [KeySource] {
            let remote = try await TestSite.make(.es256) {
                $0.url = "http://10.0.0.1"
                $0.keySource = source
            }
            #expect(await remote.code(try remote.token()) == .keysUnavailable)
            #expect(remote.verifier.refreshStatus().first?.fault == .insecureAddress)
            #expect(remote.world.fetched.isEmpty)
        }
    }

    @Test("A key file serves without the network, and is read again on a reload")
    func file() async throws {
        let site = try await TestSite.make(.es256) { $0.keySource = .file("keys.json") }
        #expect(await site.code(try site.token()) == .keysUnavailable)
        site.world.write(keySet(site.key.jwk), to: "keys.json")
        site.world.pass(5)
        #expect(await site.code(try site.token()) == nil)

        let second = try await TestKey.make(.es256, "key-2")
        site.world.write(keySet(second.jwk), to: "keys.json")
        site.verifier.update(issuers: [site.trusted])
        #expect(await site.code(try site.token()) == .unknownKey)
        #expect(await site.code(try second.sign(site.claims())) == nil)

        site.world.write("not keys", to: "keys.json")
        site.verifier.update(issuers: [site.trusted])
        #expect(await site.code(try second.sign(site.claims())) == nil)
        #expect(site.verifier.refreshStatus().first?.fault == .malformedKeySet)
        #expect(site.world.fetched.isEmpty)
    }

    @Test(
        "These are safe addresses",
        arguments: [
            ("https://ci.example.com", false), ("https://ci.example.com:8443/a?b#c", false),
            ("https://[2001:db8::1]/", false),
            ("http://localhost:1/", true), ("http://127.1.2.3", true), ("http://[::1]:80/keys", true),
            ("https://127.0.0.1", true),
        ]
    )
    func safeAddresses(text: String, isLoopback: Bool) {
        #expect(SecureAddress(text)?.isLoopback == isLoopback)
    }

    @Test(
        "These are not",
        arguments: [
            "", "https://", "https:///keys", "http://ci.example.com", "http://127.0.0.1.example.com",
            "http://127.0.0.256",
            "http://127.0.0", "http://127.0.0.1@example.com/", "http://localhost.example.com",
            "https://user@ci.example.com",
            "https://ci.example.com\\@evil", "https://ci.example.com:port", "https://ci.example.com:99999",
            "https://[::1", "https://[::1]x", "https://ci.example.com/\u{0}", "https://ci.example.com/ x",
            "https://\u{E9}.example.com", "HTTPS://ci.example.com", "ftp://ci.example.com", "file:///keys",
            "http://[::2]/",
            "https://" + String(repeating: "a", count: 2048),
        ]
    )
    func unsafeAddresses(text: String) {
        #expect(SecureAddress(text) == nil)
    }
}
