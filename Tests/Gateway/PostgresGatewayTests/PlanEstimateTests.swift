import Testing

@testable import PostgresGateway

@Suite("What the target expects of a statement")
struct PlanEstimateTests {
    @Test(
        "is read from its plan",
        arguments: [
            (#"[ {"Plan": {"Node Type": "Seq Scan", "Plan Rows": 5000, "Plan Width": 4}} ]"#, 5000),
            (
                #"""
                [
                  {"Plan": {"Node Type": "ModifyTable", "Operation": "Delete", "Plan Rows": 0,
                    "Plans": [{"Node Type": "Index Scan", "Plan Rows": 1}]}}
                ]
                """#, 1
            ), (#"[]"#, nil), (#"{"Plan": {}}"#, nil), (#"[{"Plan": {"Node Type": "Result", "Plan Rows": -1}}]"#, nil),
            ("QUERY PLAN", nil), ("", nil),
        ] as [(String, UInt64?)]
    )
    func rows(plan: String, rows: UInt64?) {
        #expect(PlanEstimate.rows(of: Array(plan.utf8)) == rows)
    }
}
