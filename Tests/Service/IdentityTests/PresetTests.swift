import AccessModel
import FoundationEssentials
import Testing

@testable import Identity

@Suite("Claims of every platform become provenance in normal form")
struct PresetTests {
    /// The cases of `Vectors/tokens`: each a preset, an issuer, claims, and what comes of them.
    static let vectors: [String] = [
        "github", "github-enterprise", "github-server", "gitea", "gitlab", "gitlab-fork", "gitlab-login",
        "gitlab-self-managed",
        "kubernetes", "kubernetes-default-token", "kubernetes-user", "github-not-a-job", "github-hostile", "buildkite",
    ]

    private func vector(_ name: String) throws -> Claims {
        var url = URL(filePath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        let file = url.appending(path: "Vectors/tokens/\(name).json")
        return Claims(try StrictJSON.object(Array(try Data(contentsOf: file))))
    }

    @Test("Sample tokens", arguments: vectors)
    func samples(name: String) async throws {
        let vector = try vector(name)
        let preset = try #require(vector["preset"]?.text.flatMap(IssuerPreset.init(rawValue:)))
        guard case .object(let claims)? = vector["claims"], let url = claims["iss"]?.text else {
            Issue.record("no claims")
            return
        }
        let site = try await TestSite.make(.rs256) {
            $0.preset = preset
            $0.url = url
            $0.claimMap = map(vector)
        }
        let token = try site.token(claims.mapValues { $0 })
        if let code = vector["refused"]?.text {
            #expect(await site.code(token)?.rawValue == code)
            return
        }
        let identity = try await site.verifier.verify(token)
        for field in Provenance.Field.allCases {
            #expect(
                identity.provenance[field] == vector["provenance"].flatMap { Claims.member(field.rawValue, of: $0) },
                "\(field)"
            )
        }
    }

    private func map(_ vector: Claims) -> [Provenance.Field: String] {
        guard case .object(let members)? = vector["claim_map"] else { return [:] }
        var map: [Provenance.Field: String] = [:]
        for (name, path) in members {
            if let field = Provenance.Field(rawValue: name), let path = path.text { map[field] = path }
        }
        return map
    }

    @Test("A fork's pipeline is accepted only where the issuer is configured so")
    func forks() async throws {
        let fork: [String: ClaimValue?] = [
            "project_id": "9", "pipeline_id": "5", "job_id": "6", "job_project_id": "4",
            "job_project_path": "group/parent",
            "project_path": "somebody/fork",
        ]
        let strict = try await TestSite.make(.es256) { $0.preset = .gitlab }
        #expect(await strict.code(try strict.token(fork)) == .forkPipeline)
        let lax = try await TestSite.make(.es256) {
            $0.preset = .gitlab
            $0.allowsForkPipelines = true
        }
        let identity = try await lax.verifier.verify(try lax.token(fork))
        #expect(identity.provenance[.repository] == "somebody/fork")
        #expect(identity.provenance[.runURL] == "https://ci.example.com/group/parent/-/pipelines/5")
    }

    @Test(
        "Only a subject of a service account's form is a Kubernetes workload",
        arguments: [
            "x:serviceaccount:orders:job", "system:serviceaccounts:orders:job", "system:serviceaccount:orders",
            "system:serviceaccount::job", "system:serviceaccount:orders:", "system:serviceaccount:orders:job:x",
        ]
    )
    func serviceAccounts(subject: String) async throws {
        let site = try await TestSite.make(.es256) { $0.preset = .kubernetes }
        #expect(await site.code(try site.token(["sub": .string(subject)])) == .notWorkload)
    }

    @Test("A claim map replaces a field of a preset, also by nothing")
    func override() async throws {
        let site = try await TestSite.make(.es256) {
            $0.preset = .github
            $0.claimMap = [.commit: "head_sha", .runURL: "nothing"]
        }
        let token = try site.token(["repository": "o/r", "run_id": "1", "sha": "abc", "ref": "refs/heads/main"])
        let provenance = try await site.verifier.verify(token).provenance
        #expect(provenance[.commit] == nil)
        #expect(provenance[.runURL] == nil)
        #expect(provenance[.ref] == "refs/heads/main")
    }

    @Test(
        "A link is made of plain parts or not at all",
        arguments: [
            ["repository": "o/../../evil"], ["repository": "o/r?x"], ["repository": "o//r"], ["repository": "/o"],
            ["repository": "o/r\\x"],
            ["repository": "o/%2e%2e"], ["repository": "javascript:x"], ["run_id": "1/2"], ["run_id": "-1"],
            ["run_id": "1e5"],
            ["run_id": "111111111111111111111"],
        ] as [[String: ClaimValue]]
    )
    func links(changes: [String: ClaimValue]) {
        let good: [String: ClaimValue] = [
            "repository": "o/r", "run_id": "1", "project_path": "o/r", "pipeline_id": "1",
        ]
        let issuer = "https://token.actions.githubusercontent.com"
        #expect(RunURL.github(issuer: issuer, claims: Claims(good)) == "https://github.com/o/r/actions/runs/1")
        #expect(RunURL.github(issuer: issuer, claims: Claims(good.merging(changes) { $1 })) == nil)
        let renamed = ["repository": "project_path", "run_id": "pipeline_id"]
        let same = Dictionary(uniqueKeysWithValues: changes.map { (renamed[$0.key] ?? $0.key, $0.value) })
        #expect(RunURL.gitlab(issuer: "https://gitlab.com", claims: Claims(good.merging(same) { $1 })) == nil)
    }

    @Test(
        "A link leads to the site of the token service, and nowhere for an unknown one",
        arguments: [
            ("https://token.actions.githubusercontent.com/acme", "https://github.com"),
            ("https://token.actions.acme.ghe.com", "https://acme.ghe.com"),
            ("https://git.example.com/_services/token", "https://git.example.com"),
            ("https://git.example.com/api/actions", "https://git.example.com"),
            ("https://git.example.com/sub/api/actions/oidc", "https://git.example.com/sub"),
            ("https://token.actions.githubusercontent.com.evil.com", nil),
            ("https://ci.example.com", nil),
            ("ftp://git.example.com/_services/token", nil),
        ] as [(String, String?)]
    )
    func sites(issuer: String, site: String?) {
        let url = RunURL.github(issuer: issuer, claims: Claims(["repository": "o/r", "run_id": 7]))
        #expect(url == site.map { "\($0)/o/r/actions/runs/7" })
    }
}

extension Claims {
    fileprivate static func member(_ name: String, of value: ClaimValue) -> String? {
        guard case .object(let members) = value else { return nil }
        return members[name]?.text
    }
}
