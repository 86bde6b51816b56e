import AccessModel

@testable import Approvals

/// A delete that waits for the database administrators.
enum Sample {
    static let now = Timestamp(seconds: 1_800_000_000)

    static func terms(quorum: Int = 1) -> ApprovalTerms {
        ApprovalTerms(approvers: [.group("dba")], quorum: quorum, within: .seconds(900))
    }

    static func command(
        text: String = "DELETE FROM public.orders WHERE id = 7",
        requesters: [String] = ["mallory"],
        commit: String? = nil
    ) -> HeldCommand {
        HeldCommand(
            session: ULID(high: 1, low: 1),
            principal: Principal(kind: .workload, issuer: "gitlab", subject: "project:4711"),
            roles: ["nightly"],
            role: "nightly",
            grant: "roles.nightly.grants[0].hold.delete",
            policy: "sha256:a",
            target: "orders-db",
            database: "orders",
            user: "countersign",
            searchPath: ["public"],
            catalog: 1,
            text: text,
            parameters: Array("[]".utf8),
            effects: [Effect(action: .delete, object: ObjectName(schema: "public", name: "orders"))],
            obligations: .none,
            recorded: Array("\"command\":{\"text\":\"x\"},\"decision\":{\"outcome\":\"hold\"}".utf8),
            identityMembers: Array("\"principal\":null".utf8),
            requesters: requesters,
            reason: nil,
            isInTransaction: false,
            statements: text.split(separator: ";").count,
            commit: commit
        )
    }

    /// Deletes of two orders, and a query that needs no approval.
    static func set(isOrdered: Bool = false, commit: String? = nil, requesters: [String] = ["mallory"]) -> ChangeSet {
        let texts = ["DELETE 1", "SELECT 1", "DELETE 2"]
        return ChangeSet(
            principal: Principal(kind: .workload, issuer: "gitlab", subject: "project:4711"),
            identityMembers: "\"principal\":null",
            requesters: requesters,
            role: "nightly",
            target: "orders-db",
            database: "orders",
            commit: commit,
            reason: nil,
            isOrdered: isOrdered,
            statements: texts.map { text in
                ChangeSetStatement(
                    text: text,
                    canonical: text,
                    effects: [.init(Effect(action: .delete, object: ObjectName(schema: "public", name: "orders")))],
                    needsApproval: text.hasPrefix("DELETE")
                )
            },
            policy: "sha256:a",
            within: .seconds(3600)
        )
    }

    static func hold(
        _ terms: ApprovalTerms...,
        text: String = "DELETE FROM public.orders WHERE id = 7",
        requesters: [String] = ["mallory"]
    ) -> Hold {
        Hold(
            id: ULID(high: 7, low: 7),
            command: command(text: text, requesters: requesters),
            terms: terms.isEmpty ? [Sample.terms()] : terms,
            at: now
        )
    }

    static func person(_ id: String, _ groups: Set<String>) -> ApprovingPerson {
        ApprovingPerson(id: id, name: id, groups: groups, channel: "cli")
    }

    static func yes(_ id: String, _ groups: Set<String>) -> Vote {
        Vote(person: person(id, groups), verdict: .approve, reason: nil, at: now)
    }
}
