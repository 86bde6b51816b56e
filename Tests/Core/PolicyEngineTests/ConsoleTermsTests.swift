import Testing

@testable import PolicyEngine

@Suite("What the console's listener says of itself")
struct ConsoleTermsTests {
    private func read(_ more: String) -> (terms: ConsoleTerms?, diagnostics: [Diagnostic]) {
        let block = "\n  console: {address: \"127.0.0.1:7480\"\(more)}\nledger: {origin: t}"
        let text = Sample.yaml(grants: "[{target: orders-db, allow: {select: [a.b]}}]")
            .replacing("\nledger: {origin: test.example/one}", with: block)
        let (configuration, diagnostics) = Configuration.parse(text, file: "c.yaml")
        return (configuration?.listen.consoleTerms, diagnostics)
    }

    @Test("Where nothing is said, connections are bounded and metrics are open")
    func usual() throws {
        let terms = try #require(read("").terms)
        #expect(terms == ConsoleTerms())
        #expect(terms.mostConnections == 512 && terms.connectionsPerAddress == 128 && terms.metrics == .everyone)
    }

    static let good: [(more: String, most: Int, per: Int, metrics: ConsoleTerms.Metrics)] = [
        (", connections: {most: 1000}", 1000, 128, .everyone), (", connections: {per_address: 4}", 512, 4, .everyone),
        (", metrics: public", 512, 128, .everyone), (", metrics: loopback", 512, 128, .loopback),
        (", metrics: \"off\"", 512, 128, .off), (", metrics: off", 512, 128, .off),
        (", metrics: {token: {file: secrets/metrics}}", 512, 128, .token(.file("secrets/metrics"))),
    ]

    @Test("What is said counts", arguments: good)
    func said(more: String, most: Int, per: Int, metrics: ConsoleTerms.Metrics) throws {
        let (terms, diagnostics) = read(more)
        let read = try #require(terms, "\(diagnostics)")
        #expect(read.mostConnections == most && read.connectionsPerAddress == per && read.metrics == metrics)
    }

    @Test(
        "What makes no sense is refused in words",
        arguments: [
            (", connections: {most: 15}", "16"), (", connections: {per_address: 0}", "4"),
            (", connections: 5", "mapping"),
            (", connections: {mots: 20}", "most"), (", metrics: token", "{token: SECRET}"),
            (", metrics: {token: hunter2}", "file"), (", metrics: {}", "token"), (", metrics: [off]", "public"),
        ]
    )
    func refused(more: String, words: String) {
        let (terms, diagnostics) = read(more)
        #expect(terms == nil)
        #expect(diagnostics.contains { "\($0)".contains(words) }, "\(diagnostics)")
        #expect(!diagnostics.contains { "\($0)".contains("hunter2") })
    }
}
