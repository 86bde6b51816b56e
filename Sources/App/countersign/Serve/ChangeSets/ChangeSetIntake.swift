internal import AccessModel
internal import Approvals
internal import Console
internal import Foundation
internal import GatewayKit
internal import Identity
internal import PolicyEngine

/// Takes requests for change sets: of a job, by the token with which it opens sessions, and of the local operator.
struct ChangeSetIntake: Sendable {
    let verifier: TokenVerifier
    let policy: PolicyInForce
    let approvals: ApprovalDesk
    let past: PastApprovals
    let refused: RefusedIdentities
    /// PostgreSQL's parser recurses as deep as a script says.
    let thread: DeepStackThread

    /// A role that the token is bound to asks for itself.
    func request(_ draft: ChangeSetDraft, token: [UInt8], source: String) async -> ChangeSetPorts.Answer {
        let door = ChangeSetIntake.door(source, draft)
        guard let identity = await verified(token, at: door) else { return .unauthenticated }
        let current = policy.current.policy
        guard let source = SourceAddress(source) else {
            refused.record(identity, "its address cannot be read", at: door)
            return .unauthenticated
        }
        let bound = current.bind(
            identity,
            asking: draft.role,
            target: draft.target,
            database: draft.database,
            source: source,
            reason: draft.reason,
            at: SystemClock.now()
        )
        switch bound {
        case .failure(let refusal):
            refused.record(identity, refusal.reason, at: door)
            return refusal.isVisible ? .refused(refusal.reason) : .unauthenticated
        case .success(let grant):
            guard grant.roles.map(\.name) == [draft.role] else { return .refused("name one role") }
            let asker = Asker(
                principal: identity.principal,
                members: IdentityMembers.json(identity, roles: grant.roles),
                requesters: AdmissionDesk.requesters(identity),
                commit: draft.commit ?? identity.provenance[.commit],
                reason: grant.reason,
                database: grant.database
            )
            return await request(draft, asker, current)
        }
    }

    /// Whoever may open the admin socket asks, and then may not answer.
    func requestLocally(_ draft: ChangeSetDraft) async -> ChangeSetPorts.Answer {
        let current = policy.current.policy
        let configuration = current.configuration
        guard let target = configuration.targets.first(where: { $0.name == draft.target }),
            let role = configuration.roles.first(where: { $0.name == draft.role })
        else { return .refused("there is no such role or target") }
        if let database = draft.database, !target.serves(database: database) {
            return .refused("target \(target.name) has no database of this name")
        }
        let operatorID = GatewayCore.localOperator.id
        let principal = Principal(kind: .person, issuer: "local", subject: operatorID)
        let asker = Asker(
            principal: principal,
            members: IdentityMembers.json(principal, nil, roles: [BoundRole(name: role.name, owner: role.owner)]),
            requesters: [operatorID],
            commit: draft.commit,
            reason: draft.reason,
            database: draft.database ?? target.database
        )
        return await request(draft, asker, current)
    }

    /// What an identity asked for itself.
    func find(_ id: ULID, token: [UInt8], source: String) async -> ChangeSetPorts.Answer {
        guard let identity = await verified(token, at: ChangeSetIntake.door(source, nil)) else {
            return .unauthenticated
        }
        if let hold = approvals.find(id), hold.subject.changeSet?.principal == identity.principal {
            return .made(ChangeSetIntake.json(hold))
        }
        do throws(ReadRefusal) {
            if let found = try await past.find(id), found.isChangeSet, found.principal == identity.principal {
                return .made(found.json)
            }
        } catch {
            return .unavailable("the audit trail does not answer now: try again in a moment")
        }
        return .refused("this identity has asked for no change set of this id")
    }

    /// Nil, and a record of why, where the token is good for nothing here.
    private func verified(_ token: [UInt8], at door: RefusedIdentities.Door) async -> VerifiedIdentity? {
        do throws(TokenRefusal) {
            return try await verifier.verify(token)
        } catch {
            refused.record(error, at: door)
            return nil
        }
    }

    private static func door(_ source: String, _ draft: ChangeSetDraft?) -> RefusedIdentities.Door {
        let wanted = draft.map { draft in draft.database.map { "\(draft.target)/\($0)" } ?? draft.target }
        return RefusedIdentities.Door(
            address: source,
            channel: "api",
            target: wanted.map { TargetName($0) },
            user: draft?.role,
            database: wanted
        )
    }

    private struct Asker: Sendable {
        var principal: Principal
        var members: [UInt8]
        var requesters: [String]
        var commit: String?
        var reason: String?
        var database: String
    }

    private func request(_ draft: ChangeSetDraft, _ asker: Asker, _ policy: PolicySet) async -> ChangeSetPorts.Answer {
        let reading: ChangeSetReading
        do {
            reading = try await read(draft, policy)
        } catch {
            return .refused("\(error)")
        }
        let set = ChangeSet(
            principal: asker.principal,
            identityMembers: String(decoding: asker.members, as: UTF8.self),
            requesters: asker.requesters,
            role: draft.role,
            target: draft.target,
            database: asker.database,
            commit: asker.commit,
            reason: asker.reason,
            isOrdered: draft.isOrdered,
            statements: reading.statements,
            policy: policy.id,
            within: draft.within
        )
        do throws(ApprovalRefusal) {
            let hold = try await approvals.request(set, terms: reading.terms)
            return .made(ChangeSetIntake.json(hold))
        } catch {
            return .unavailable("\(error)")
        }
    }

    private func read(_ draft: ChangeSetDraft, _ policy: PolicySet) async throws -> ChangeSetReading {
        try await withCheckedThrowingContinuation { continuation in
            thread.run {
                continuation.resume(
                    with: Result {
                        try ChangeSetReading(
                            draft.sql,
                            role: draft.role,
                            target: draft.target,
                            policy: policy,
                            at: SystemClock.now()
                        )
                    }
                )
            }
        }
    }

    private static func json(_ hold: Hold) -> JSONBytes {
        var json = JSONBytes(reserving: 4096)
        json.append(hold, at: SystemClock.now())
        return json
    }
}
