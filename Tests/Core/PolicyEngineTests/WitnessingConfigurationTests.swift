import Testing

@testable import PolicyEngine

@Suite("Witnesses in a configuration")
struct WitnessingConfigurationTests {
    private static let key = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"

    private func parse(_ ledger: String, console: Bool = true) -> (Configuration?, [Diagnostic]) {
        var text = Sample.yaml(grants: "[{target: orders-db, allow: {select: [a.b]}}]")
        let listener = console ? "\n  console: {address: \"127.0.0.1:7480\"}" : ""
        let block = "\(listener)\nledger:\n  origin: t\n\(ledger)"
        text = text.replacing("\nledger: {origin: test.example/one}", with: block)
        return Configuration.parse(text, file: "c.yaml")
    }

    private func read(_ ledger: String) throws -> LedgerConfiguration {
        let (configuration, diagnostics) = parse(ledger)
        return try #require(configuration, "\(diagnostics)").ledger
    }

    @Test("Nobody is asked, nobody is cosigned and nothing is shown where nothing is said")
    func defaults() throws {
        let ledger = try read("")
        #expect(ledger.witnessing == WitnessingConfiguration())
        #expect(ledger.publication.tiles == .off && ledger.publication.entries == .off)
    }

    @Test("Witnesses, their quorum, and what happens without them")
    func witnesses() throws {
        let ledger = try read(
            """
              witnesses:
                office: {key: \(Self.key), url: "https://witness.example/w", ca: ca.pem}
                partner: {key: \(Self.key), url: "http://127.0.0.1:7490"}
              quorum: 1
              unreachable: {refuse_changes_after: 15m}
              witness_timeout: 3s
            """
        ).witnessing
        #expect(ledger.witnesses.map(\.name) == ["office", "partner"])
        #expect(ledger.witnesses[0].key == Self.key)
        #expect(ledger.witnesses[0].ca == "ca.pem")
        #expect(ledger.quorum == .count(1))
        #expect(ledger.whenUnreachable == .refuseChanges(after: .seconds(900)))
        #expect(ledger.timeout == .seconds(3))
    }

    @Test("All must cosign where no quorum is said, and work goes on where nothing is said of it")
    func strict() throws {
        let one = "  witnesses: {office: {key: \(Self.key), url: \"https://witness.example\"}}\n"
        let ledger = try read(one).witnessing
        #expect(ledger.quorum == .all)
        #expect(ledger.whenUnreachable == .goOn)
        let file = try read(one + "  quorum: {policy: w.policy}\n")
        #expect(file.witnessing.quorum == .policy("w.policy"))
        #expect(try read(one + "  quorum: all\n  unreachable: continue\n").witnessing.quorum == .all)
    }

    @Test(
        "What the console serves needs a console",
        arguments: ["  witness_for: [\(key)]\n", "  publish: {tiles: public}\n"]
    )
    func console(ledger: String) {
        #expect(parse(ledger).0 != nil)
        let (configuration, diagnostics) = parse(ledger, console: false)
        #expect(configuration == nil)
        #expect(diagnostics.contains { "\($0)".contains("listen.console") }, "\(diagnostics)")
    }

    @Test("The examples of the guide are accepted")
    func guide() {
        let blocks = DocumentationTests.blocks("guides/witnesses.md")
        #expect(blocks.count == 2)
        for block in blocks {
            let lines = block.split(separator: "\n").dropFirst(2).joined(separator: "\n")
            let (configuration, diagnostics) = parse(lines + "\n")
            #expect(configuration != nil, "\(diagnostics)")
        }
    }
}
