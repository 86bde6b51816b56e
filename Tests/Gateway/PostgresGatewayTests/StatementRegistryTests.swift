import StatementAnalysis
import Testing

@testable import PostgresGateway

@Suite("The names of a session")
struct StatementRegistryTests {
    private func statement(_ text: String, batch: UInt32) -> PreparedStatement {
        PreparedStatement(plan: plan(text), inner: nil, parameterTypes: [], batch: batch, isConfirmed: false)
    }

    private func text(_ registry: StatementRegistry, _ name: String) -> String? {
        registry.statement(name).map { String(decoding: $0.plan.recordHead, as: UTF8.self) }
    }

    @Test("A name may be used in its own batch at once, in a later one when it is confirmed")
    func confirmed() {
        var registry = StatementRegistry()
        registry.parsed("a", statement("SELECT 1", batch: 0))
        #expect(registry.statement("a") != nil)
        #expect(!registry.isUncertain(statement: "a", batch: 0))
        #expect(registry.isUncertain(statement: "a", batch: 1))
        #expect(!registry.isUncertain(statement: "b", batch: 1))
        #expect(registry.isAnyStatementUncertain(batch: 1))
        #expect(!registry.isAnyStatementUncertain(batch: 0))
        registry.confirmed()
        #expect(!registry.isUncertain(statement: "a", batch: 1))
        #expect(registry.statement("a")?.isConfirmed == true)
        #expect(!registry.isAnyStatementUncertain(batch: 1))
    }

    @Test("The unnamed portal and named ones are told apart, and end with their transaction")
    func portalTable() {
        var registry = StatementRegistry()
        registry.bound("", Portal(statement: statement("SELECT 1", batch: 0), command: 1, batch: 0))
        registry.bound("c", Portal(statement: statement("SELECT 2", batch: 0), command: 2, batch: 0))
        #expect(registry.portal("")?.command == 1 && registry.portal("c")?.command == 2)
        registry.closed(portal: "", batch: 0)
        #expect(registry.portal("") == nil && registry.portal("c")?.command == 2)
        registry.bound("", Portal(statement: statement("SELECT 3", batch: 0), command: 3, batch: 0))
        registry.transactionEnded()
        #expect(registry.portal("")?.command == 3, "a change waits for its answer")
        for _ in 0..<4 { registry.confirmed() }
        registry.transactionEnded()
        #expect(registry.portal("") == nil && registry.portal("c") == nil)
    }

    @Test("A batch that failed gives every name its old meaning back")
    func failed() {
        var registry = StatementRegistry()
        registry.parsed("a", statement("SELECT 'old'", batch: 0))
        registry.confirmed()
        registry.parsed("x", statement("SELECT 'x'", batch: 1))
        registry.closed(statement: "a", batch: 1)
        registry.parsed("a", statement("SELECT 'new'", batch: 1))
        #expect(registry.isUncertain(statement: "a", batch: 2))
        #expect(registry.isUncertain(statement: "x", batch: 2))
        registry.failed(batch: 1)
        #expect(text(registry, "a")?.contains("'old'") == true)
        #expect(registry.statement("x") == nil)
        #expect(!registry.isUncertain(statement: "a", batch: 2))
    }

    @Test("What was confirmed before the failure stays")
    func partly() {
        var registry = StatementRegistry()
        registry.parsed("a", statement("SELECT 1", batch: 0))
        registry.parsed("b", statement("SELECT 2", batch: 0))
        registry.confirmed()
        registry.failed(batch: 0)
        #expect(registry.statement("a") != nil)
        #expect(registry.statement("b") == nil)
    }

    @Test("A failed batch leaves the changes of the next one")
    func nextBatch() {
        var registry = StatementRegistry()
        registry.parsed("", statement("SELECT 1", batch: 0))
        registry.parsed("", statement("SELECT 2", batch: 1))
        registry.parsed("b", statement("SELECT 3", batch: 1))
        registry.failed(batch: 0)
        #expect(text(registry, "")?.contains("SELECT 2") == true)
        #expect(registry.statement("b") != nil)
        registry.failed(batch: 1)
        #expect(registry.statement("") == nil)
        #expect(registry.statement("b") == nil)
    }

    @Test("A close that is not confirmed leaves its name uncertain")
    func closed() {
        var registry = StatementRegistry()
        registry.parsed("a", statement("SELECT 1", batch: 0))
        registry.confirmed()
        registry.closed(statement: "a", batch: 1)
        #expect(registry.statement("a") == nil)
        #expect(!registry.isUncertain(statement: "a", batch: 1))
        #expect(registry.isUncertain(statement: "a", batch: 2))
        registry.failed(batch: 1)
        #expect(registry.statement("a") != nil)
    }

    @Test("Portals end with their transaction, and with the batch that failed")
    func portals() {
        var registry = StatementRegistry()
        let one = Portal(statement: statement("SELECT 1", batch: 0), command: 1, batch: 0)
        registry.bound("c", one)
        registry.bound("", one)
        #expect(registry.isUncertain(portal: "c", batch: 1))
        registry.confirmed()
        registry.transactionEnded()
        #expect(registry.portal("c") != nil, "an answer is still to come")
        registry.confirmed()
        registry.transactionEnded()
        #expect(registry.portal("c") == nil)
        registry.bound("d", one)
        registry.closed(portal: "d", batch: 0)
        registry.failed(batch: 0)
        #expect(registry.portal("d") == nil)
    }

    @Test("SQL's words change names when they are done")
    func words() {
        var registry = StatementRegistry()
        for name in ["a", "b", ""] { registry.prepared(name, statement("SELECT 1", batch: 0)) }
        registry.deallocated("a")
        #expect(registry.statement("a") == nil)
        registry.deallocated(nil)
        #expect(registry.statement("b") == nil)
        #expect(registry.statement("") != nil)
    }

    @Test("The names of a session are bounded, however they are made")
    func bounded() {
        var registry = StatementRegistry()
        let one = statement("SELECT 1", batch: 0)
        for number in 0..<StatementRegistry.limit {
            #expect(registry.hasRoomForStatement && registry.hasRoomForPortal)
            registry.prepared("s\(number)", one)
            registry.bound("p\(number)", Portal(statement: one, command: 1, batch: 0))
        }
        #expect(!registry.hasRoomForStatement)
        #expect(!registry.hasRoomForPortal)
        var resolution = EffectResolution(names: .candidates, path: Stage.path, registry: registry)
        resolution.add(StatementAnalyzer().analyze("PREPARE more AS SELECT 1").statements)
        #expect(resolution.failure != nil)
    }
}

/// The plan of a text, as a session makes it.
func plan(_ text: String) -> StatementPlan {
    let analysis = StatementAnalyzer().analyze(text)
    return Array(text.utf8).withUnsafeBufferPointer { StatementPlan(text: $0, analysis: analysis) }
}
