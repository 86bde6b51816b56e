/// A Mustache template by its name, kept in the program.
struct PageTemplate: Sendable {
    let name: String
    let text: String

    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }
}

extension PageTemplate {
    static let all = parts + pages

    /// What pages are made of.
    static let parts = [
        shell, time, value, facts, statement, problems, pager, recordRow, layout, changeSetRows, roleMay,
        approvalAnswer, auditField,
    ]

    static let pages = [
        problem, overview, overviewRegion, approvals, approvalsRegion, approval, approvalRegion, sessions, session,
        audit,
        record, identities, role, explain, health, healthRegion,
        commandLineLogin, linkLogin,
    ]
}
