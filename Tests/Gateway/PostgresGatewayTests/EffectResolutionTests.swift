import AccessModel
import StatementAnalysis
import Testing

@testable import PostgresGateway

@Suite("The effects of a message in its session")
struct EffectResolutionTests {
    private func resolve(
        _ text: String,
        path: SearchPath? = Stage.path,
        registry: StatementRegistry = StatementRegistry()
    ) -> EffectResolution {
        var resolution = EffectResolution(
            names: .snapshot(CatalogView(catalog: Stage.catalog, effects: EffectCache(capacityBytes: 1 << 16))),
            path: path,
            registry: registry
        )
        resolution.add(StatementAnalyzer().analyze(text).statements)
        return resolution
    }

    private func effects(_ resolution: EffectResolution) -> [String] { resolution.effects.map { "\($0)" } }

    private func registry(_ prepared: [String: String]) -> StatementRegistry {
        var registry = StatementRegistry()
        for (name, text) in prepared {
            registry.prepared(
                name,
                PreparedStatement(plan: plan(text), inner: nil, parameterTypes: [], batch: 0, isConfirmed: true)
            )
        }
        return registry
    }

    @Test("Names without a schema are resolved, each effect is told once")
    func names() {
        let resolution = resolve("DELETE FROM t; DELETE FROM t; SELECT * FROM s.u")
        #expect(effects(resolution).contains("delete public.t"))
        #expect(effects(resolution).count { $0 == "delete public.t" } == 1)
        #expect(effects(resolution).contains("select s.u(id, name)"))
        #expect(resolution.isChange)
        #expect(!resolution.dependsOnSession)
        #expect(!resolve("SELECT * FROM t").isChange)
    }

    @Test("Without a path what has no schema is not known, and the answer is not kept")
    func withoutPath() {
        let resolution = resolve("DELETE FROM t", path: nil)
        #expect(resolution.failure != nil && resolution.unknownState == "42P01")
        #expect(resolution.dependsOnSession)
    }

    @Test("A search_path that is set counts for the statements behind it in the message")
    func follows() {
        let resolution = resolve("DELETE FROM t; SET search_path = app; DELETE FROM t")
        #expect(effects(resolution).filter { $0.hasPrefix("delete") } == ["delete public.t", "delete app.t"])
        #expect(resolution.movesSearchPath)
        #expect(resolution.dependsOnSession)
    }

    @Test(
        "A search_path that cannot be told leaves what follows denied",
        arguments: [
            "SET search_path = DEFAULT", "RESET ALL", "SET LOCAL search_path = a", "SET search_path = \"$user\"",
        ]
    )
    func unknownPath(text: String) {
        let resolution = resolve("\(text); DELETE FROM t")
        #expect(resolution.failure != nil && !effects(resolution).contains("delete public.t"))
        #expect(resolution.movesSearchPath)
    }

    @Test("An EXECUTE has the effects of its statement, prepared before or in the same message")
    func execute() {
        let resolution = resolve("EXECUTE a", registry: registry(["a": "DELETE FROM t"]))
        #expect(effects(resolution).contains("delete public.t"))
        #expect(resolution.isChange)
        #expect(resolution.dependsOnSession)
        let local = resolve("PREPARE a AS DELETE FROM t; EXECUTE a", registry: registry(["a": "SELECT 1"]))
        #expect(effects(local).contains("delete public.t"))
        #expect(resolve("PREPARE a AS DELETE FROM t").effects.isEmpty)
    }

    @Test("An EXECUTE of a name that nobody prepared cannot be judged")
    func unknown() {
        #expect(resolve("EXECUTE a").failure != nil)
        #expect(resolve("SELECT 1; EXECUTE a; SELECT 2").failure != nil)
    }

    @Test("Names that stand for each other end")
    func circular() {
        let resolution = resolve("EXECUTE a", registry: registry(["a": "EXECUTE b", "b": "EXECUTE a"]))
        #expect(resolution.failure != nil)
    }

    @Test("A search_path is followed through an EXECUTE")
    func throughExecute() {
        let text = "SELECT pg_catalog.set_config('search_path', 'secret', false)"
        let resolution = resolve("EXECUTE a; DELETE FROM t", registry: registry(["a": text]))
        #expect(resolution.movesSearchPath)
        #expect(!effects(resolution).contains("delete public.t"))
    }
}
