/// A command that waits for an approval, with everything that its approval is bound to.
///
/// Two commands are the same for an approval when their `canonical` bytes are: another parameter, role, search path or
/// snapshot of the catalog makes another command, and asks again.
package struct HeldCommand: Sendable {
    package var session: ULID
    package var principal: Principal
    /// Of the session, the first one first; and the one whose grant holds the command.
    package var roles: [String]
    package var role: String
    package var grant: String?
    /// `sha256:…` of the policy that holds it.
    package var policy: String
    package var target: String
    package var database: String
    /// The user in the target.
    package var user: String
    /// Where names without a schema were looked up, and in which snapshot.
    package var searchPath: [String]
    package var catalog: UInt64
    /// The exact text and the parameters as a JSON array. Only for memory and for whoever approves: a record has
    /// `recorded`.
    package var text: String
    package var parameters: [UInt8]
    package var effects: [Effect]
    package var obligations: Obligations
    /// `"command":{…},"decision":{…}`, as the command's own record would have it.
    package var recorded: [UInt8]
    /// `"principal":{…},"roles":[…],"provenance":{…}` of its session.
    package var identityMembers: [UInt8]
    /// The persons behind the session, who may not approve it: who triggered the run, and owners where configured.
    package var requesters: [String]
    package var reason: String?
    /// It waits inside of a transaction that has begun: what that transaction locked stays locked meanwhile.
    package var isInTransaction: Bool
    /// How many statements its text holds, for whoever looks for them in a change set; and the commit that its run is of.
    package var statements: Int
    package var commit: String?
    /// The rows that the target's planner expects; nil where it was not asked, or did not say. No part of what is approved.
    package var estimatedRows: UInt64?

    package init(
        session: ULID,
        principal: Principal,
        roles: [String],
        role: String,
        grant: String?,
        policy: String,
        target: String,
        database: String,
        user: String,
        searchPath: [String],
        catalog: UInt64,
        text: String,
        parameters: [UInt8],
        effects: [Effect],
        obligations: Obligations,
        recorded: [UInt8],
        identityMembers: [UInt8],
        requesters: [String],
        reason: String?,
        isInTransaction: Bool,
        statements: Int = 1,
        commit: String? = nil,
        estimatedRows: UInt64? = nil
    ) {
        self.session = session
        self.principal = principal
        self.roles = roles
        self.role = role
        self.grant = grant
        self.policy = policy
        self.target = target
        self.database = database
        self.user = user
        self.searchPath = searchPath
        self.catalog = catalog
        self.text = text
        self.parameters = parameters
        self.effects = effects
        self.obligations = obligations
        self.recorded = recorded
        self.identityMembers = identityMembers
        self.requesters = requesters
        self.reason = reason
        self.isInTransaction = isInTransaction
        self.statements = statements
        self.commit = commit
        self.estimatedRows = estimatedRows
    }

    /// What an approval is bound to, byte for byte. Each member is JSON of a fixed order, so that no two commands can have
    /// the same bytes by a clever text.
    package func canonical(expires: Timestamp) -> [UInt8] {
        var json = JSONBytes(reserving: text.utf8.count + parameters.count + 1024)
        json.appendRaw("countersign approval v1\n{")
        json.member("session")
        json.append(session.description)
        json.member("principal")
        json.append(principal)
        json.member("roles")
        json.append(roles)
        json.member("role")
        json.append(role)
        json.member("grant")
        json.append(grant)
        json.member("policy")
        json.append(policy)
        json.member("target")
        json.append([target, database, user])
        json.member("search_path")
        json.append(searchPath)
        json.member("catalog")
        json.append(catalog)
        json.member("text")
        json.append(text)
        json.member("parameters")
        json.append(String(decoding: parameters, as: UTF8.self))
        json.member("effects")
        json.append(effects)
        json.member("obligations")
        json.append(obligations)
        json.member("expires")
        json.append(expires.microseconds)
        json.appendRaw("}\n")
        return json.bytes
    }
}
