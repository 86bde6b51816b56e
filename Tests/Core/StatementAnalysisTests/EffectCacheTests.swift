import AccessModel
import StatementAnalysis
import Testing

@Suite("The cache of effects")
struct EffectCacheTests {
    private let orders = CatalogRelation(
        name: ObjectName(schema: "a", name: "orders"),
        kind: .table,
        columns: [CatalogColumn(name: "id", type: "integer")]
    )
    private let path = SearchPath(schemas: ["pg_catalog", "a", "b"], catalogRelations: [])

    private func statement(_ text: String) throws -> AnalyzedStatement {
        try #require(StatementAnalyzer().analyze(text).statements.first)
    }

    private func moved() -> CatalogRelation {
        var relation = orders
        relation.name.schema = "b"
        return relation
    }

    @Test("A newer snapshot and another search path give other effects, an older answer never")
    func keys() throws {
        let cache = EffectCache(capacityBytes: 1 << 20)
        let statement = try statement("SELECT id FROM orders")
        let first = Catalog(version: 1, relations: [orders, moved()])
        let second = Catalog(version: 2, relations: [moved()])
        let other = SearchPath(schemas: ["pg_catalog", "b", "a"], catalogRelations: [])
        for _ in 0..<2 {
            #expect(try cache.effects(of: statement, in: first, path: path).map(\.description) == ["select a.orders(id)"])
            #expect(try cache.effects(of: statement, in: first, path: other).map(\.description) == ["select b.orders(id)"])
            #expect(try cache.effects(of: statement, in: second, path: path).map(\.description) == ["select b.orders(id)"])
        }
    }

    @Test("A name that is not known is known in a newer snapshot")
    func refusals() throws {
        let cache = EffectCache(capacityBytes: 1 << 20)
        let statement = try statement("SELECT id FROM orders")
        let empty = Catalog(version: 1, relations: [])
        for _ in 0..<2 {
            #expect(throws: AnalysisRefusal.self) { try cache.effects(of: statement, in: empty, path: path) }
        }
        let known = Catalog(version: 2, relations: [orders])
        #expect(try cache.effects(of: statement, in: known, path: path).count == 1)
    }

    @Test("Two statements of one text have their own effects")
    func statements() throws {
        let cache = EffectCache(capacityBytes: 1 << 20)
        let catalog = Catalog(version: 1, relations: [orders])
        let analysis = StatementAnalyzer().analyze("SELECT id FROM orders; DELETE FROM orders")
        let found = try analysis.statements.map { try cache.effects(of: $0, in: catalog, path: path).map(\.action) }
        #expect(found == [[.select], [.delete]])
    }
}
