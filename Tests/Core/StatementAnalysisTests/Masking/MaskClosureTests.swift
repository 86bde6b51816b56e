import AccessModel
import StatementAnalysis
import Testing

@Suite("Masks and what follows from them")
struct MaskClosureTests {
    private func name(_ text: String) -> ObjectName { MaskFixture.name(text) }

    @Test("A mask goes to partitions, children and parents, and not to other children")
    func inheritance() {
        let masks = MaskFixture.inForce.masks
        #expect(masks[name("public.events_1")] == ["ip": .redact])
        #expect(masks[name("public.open_parent")] == ["ssn": .last4])
        #expect(masks[name("public.other_child")] == nil)
    }

    @Test("Where two masks of one column meet, it is NULL; what was asked for stays")
    func conflict() {
        let catalog = Catalog(
            version: 1,
            relations: [
                MaskFixture.relation("a.p", [("x", "text"), ("y", "text")]),
                MaskFixture.relation("a.c1", [("x", "text"), ("y", "text")], parents: ["a.p"]),
                MaskFixture.relation("a.c2", [("x", "text"), ("y", "text")], parents: ["a.p"]),
                MaskFixture.relation("a.leaf", [("x", "text"), ("y", "text")], parents: ["a.c1", "a.c2"]),
            ]
        )
        let masks = MasksInForce(
            [
                name("a.c1"): ["x": .last4, "y": .redact], name("a.c2"): ["x": .redact, "y": .redact],
                name("a.p"): ["y": .email],
            ],
            in: catalog
        ).masks
        #expect(masks[name("a.p")] == ["x": .null, "y": .email])
        #expect(masks[name("a.c1")] == ["x": .last4, "y": .redact])
        #expect(masks[name("a.leaf")] == ["x": .null, "y": .redact])
    }

    @Test("A generated column of a masked one is NULL")
    func generated() {
        #expect(MaskFixture.inForce.masks[name("public.customers")] == ["email": .email, "domain": .null])
    }

    @Test("Statements of others are masked as soon as anything is")
    func statements() {
        #expect(MaskFixture.inForce.masks[name("pg_catalog.pg_stat_activity")] == ["query": .null])
    }

    @Test("What cannot be masked as asked is a problem")
    func problems() {
        let masks = MasksInForce(
            [
                name("public.nowhere"): ["a": .null], name("public.customers"): ["nothing": .null, "id": .email],
                name("public.orders"): ["email": .hash],
            ],
            in: MaskFixture.catalog
        )
        #expect(
            masks.problems.map { "\($0.relation).\($0.column ?? "*") \($0.code)" } == [
                "public.customers.id notApplicable(type: \"integer\")", "public.customers.nothing noSuchColumn",
                "public.nowhere.* noSuchRelation", "public.orders.email notApplicable(type: \"text\")",
            ]
        )
        let refusal = #expect(throws: MaskRefusal.self) {
            try StatementMasker().mask("SELECT 1 FROM customers", masks, path: MaskFixture.path)
        }
        #expect(refusal?.code == .broken(name("public.customers")))
    }

    @Test("A hash has its key from the session, and a text never has it")
    func key() throws {
        let masks = MasksInForce([name("public.orders"): ["email": .hash]], in: MaskFixture.catalog, key: .settings)
        #expect(masks.needsKey)
        let text = try #require(try StatementMasker().mask("TABLE orders", masks, path: MaskFixture.path)?.text)
        #expect(text.contains("pg_catalog.current_setting('countersign.mask_inner'::pg_catalog.text)"))
        for reading in [
            "SELECT current_setting('count' || 'ersign.mask_inner')", "SELECT set_config(note, '', true) FROM orders",
        ] {
            #expect(throws: MaskRefusal.self) { try StatementMasker().mask(reading, masks, path: MaskFixture.path) }
        }
    }
}
