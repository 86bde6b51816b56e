internal import AccessModel
internal import AuditLog
internal import Identity
internal import Logging

/// The records of identities that were not let in, wherever they came: the caller learns little, the record says what was
/// wrong. Tokens that nobody signed share one budget.
struct RefusedIdentities: Sendable {
    /// Where somebody came, and what they asked for.
    struct Door: Sendable {
        var address: String
        /// Nil at the API, which does not know it.
        var port: Int?
        var client: String?
        /// `postgres` or `api`.
        var channel: String
        /// Nil where nothing was asked for.
        var target: TargetName?
        var user: String?
        var database: String?
    }

    let ledger: Ledger
    let logger: Logger
    private let budget = RefusalBudget()

    init(ledger: Ledger, logger: Logger) {
        self.ledger = ledger
        self.logger = logger
    }

    /// A token that did not verify.
    func record(_ refusal: TokenRefusal, at door: Door) {
        var suppressed: UInt64 = 0
        if refusal.principal == nil {
            guard let left = budget.take(at: SystemClock.now()) else { return }
            suppressed = left
        }
        var json = RefusedIdentities.begin(refusal.reason, refusal.code.rawValue, refusal.issuer, suppressed)
        json.appendRaw(IdentityMembers.json(refusal.principal, refusal.provenance))
        append(door, token: refusal.tokenDigest, &json)
    }

    /// A token that verified, and is good for nothing that was asked for.
    func record(_ identity: VerifiedIdentity, _ reason: String, at door: Door) {
        var json = RefusedIdentities.begin(reason, "not_bound", identity.principal.issuer, 0)
        json.appendRaw(IdentityMembers.json(identity.principal, identity.provenance))
        append(door, token: identity.tokenDigest, &json)
    }

    private static func begin(_ reason: String, _ code: String, _ issuer: String?, _ suppressed: UInt64) -> JSONBytes {
        var json = JSONBytes(reserving: 512)
        json.appendRaw("\"refusal\":{")
        json.member("reason")
        json.append(reason)
        json.member("code")
        json.append(code)
        json.member("issuer")
        json.append(issuer)
        if suppressed > 0 {
            json.member("suppressed")
            json.append(suppressed)
        }
        json.appendRaw("},")
        return json
    }

    private func append(_ door: Door, token digest: String?, _ json: inout JSONBytes) {
        json.appendRaw(",\"source\":{")
        json.member("address")
        json.append(door.address)
        json.member("port")
        if let port = door.port { json.append(Int64(port)) } else { json.appendNull() }
        json.member("client")
        json.append(door.client.map { String($0.prefix(256)) })
        json.member("channel")
        json.append(door.channel)
        json.appendRaw("},\"target\":")
        if let target = door.target {
            json.appendRaw("{")
            json.member("name")
            json.append(target.target)
            json.member("type")
            json.append("postgres")
            json.member("database")
            json.append(target.database)
            json.appendRaw(",\"user\":null}")
        } else {
            json.appendNull()
        }
        json.appendRaw(",\"requested\":{")
        json.member("user")
        json.append(door.user.map { String($0.prefix(256)) })
        json.member("database")
        json.append(door.database.map { String($0.prefix(256)) })
        json.appendRaw("},\"token\":")
        json.append(digest)
        do {
            _ = try ledger.appendOutcome(RecordDraft(kind: .authenticationRefused, session: nil, body: json.bytes))
        } catch {
            logger.error("a refusal could not be recorded", metadata: ["cause": "\(error)"])
        }
    }
}
