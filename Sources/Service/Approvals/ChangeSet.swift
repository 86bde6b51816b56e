package import AccessModel

/// Statements that a person approves once, for the jobs of one role and commit to run without waiting: exactly those, each
/// once, until the set's end.
package struct ChangeSet: Hashable, Sendable, Codable {
    /// Bounds of one set: its record holds all of it.
    package static let mostStatements = 100
    package static let mostBytes = 32_768

    package var principal: Principal
    /// `"principal":{…},"roles":[…],"provenance":{…}` of whoever asked.
    package var identityMembers: String
    /// The persons behind the request, who may not approve it.
    package var requesters: [String]
    package var role: String
    package var target: String
    package var database: String
    /// The commit whose runs it is for; nil for runs that name none.
    package var commit: String?
    package var reason: String?
    /// Whether its statements must come in their order.
    package var isOrdered: Bool
    package var statements: [ChangeSetStatement]
    /// `sha256:…` of the policy under which it was asked for.
    package var policy: String
    /// How long it waits for its approval, and serves.
    package var within: Duration

    package init(
        principal: Principal,
        identityMembers: String,
        requesters: [String],
        role: String,
        target: String,
        database: String,
        commit: String?,
        reason: String?,
        isOrdered: Bool,
        statements: [ChangeSetStatement],
        policy: String,
        within: Duration
    ) {
        self.principal = principal
        self.identityMembers = identityMembers
        self.requesters = requesters
        self.role = role
        self.target = target
        self.database = database
        self.commit = commit
        self.reason = reason
        self.isOrdered = isOrdered
        self.statements = statements
        self.policy = policy
        self.within = within
    }

    /// All statements as one text, for lists.
    package var text: String { statements.map(\.text).joined(separator: ";\n") }

    /// The numbers, from 1, of the statements that need its approval.
    var numbers: [Int] { statements.indices.filter { statements[$0].needsApproval }.map { $0 + 1 } }

    /// What an approval is bound to, byte for byte.
    func canonical(expires: Timestamp, terms: [ApprovalTerms]) -> [UInt8] {
        var json = JSONBytes(reserving: 4096)
        json.appendRaw("countersign change set v1\n{")
        json.member("principal")
        json.append(principal)
        json.member("role")
        json.append(role)
        json.member("target")
        json.append([target, database])
        json.member("commit")
        json.append(commit)
        json.member("policy")
        json.append(policy)
        json.member("ordered")
        json.append(isOrdered)
        json.member("statements")
        json.append(statements.map(\.canonical))
        json.member("shown")
        json.append(self)
        json.member("terms")
        json.append(terms)
        json.member("expires")
        json.append(expires.microseconds)
        json.appendRaw("}\n")
        return json.bytes
    }
}

extension JSONBytes {
    mutating func append(_ terms: [ApprovalTerms]) {
        appendRaw("[")
        for (index, terms) in terms.enumerated() {
            if index > 0 { appendRaw(",") }
            append(terms)
        }
        appendRaw("]")
    }

    /// `[{"number":1,"text":"…","effects":[…],"needs_approval":true}]`
    mutating func append(_ set: ChangeSet) {
        appendRaw("[")
        for (index, statement) in set.statements.enumerated() {
            if index > 0 { appendRaw(",") }
            appendRaw("{")
            member("number")
            append(Int64(index + 1))
            member("text")
            append(statement.text)
            member("effects")
            append(statement.effects)
            member("needs_approval")
            append(statement.needsApproval)
            appendRaw("}")
        }
        appendRaw("]")
    }

    mutating func append(_ effects: [ChangeSetStatement.ShownEffect]) {
        appendRaw("[")
        for (index, effect) in effects.enumerated() {
            if index > 0 { appendRaw(",") }
            appendRaw("{")
            member("action")
            append(effect.action)
            member("object")
            append(effect.object)
            if let columns = effect.columns {
                member("columns")
                append(columns)
            }
            appendRaw("}")
        }
        appendRaw("]")
    }
}
