internal import AccessModel

/// Reads what the target's planner expects out of `EXPLAIN (FORMAT JSON)`.
enum PlanEstimate {
    /// The rows of the plan; of one that changes rows, those that it changes. Nil for anything else.
    static func rows(of json: [UInt8]) -> UInt64? {
        let text = JSONText(json)
        guard let plans = text.elements(of: 0..<json.count), let first = plans.first,
            let plan = JSONMembers(text, in: first)?.object("Plan")
        else { return nil }
        guard plan.string("Node Type") == "ModifyTable" else { return plan.number("Plan Rows") }
        return plan.objects("Plans").first?.number("Plan Rows")
    }
}
