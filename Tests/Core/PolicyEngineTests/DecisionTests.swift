import AccessModel
import PolicyEngine
import Testing

@Suite("Decisions")
struct DecisionTests {
    @Test("The table of decisions", arguments: DecisionVector.load())
    func table(_ vector: DecisionVector) throws {
        let policy = try Sample.policy(grants: vector.grants)
        let request = AccessRequest(roles: ["nightly"], target: "orders-db", effects: vector.effects, at: Sample.now)
        let decision = policy.decide(request)
        #expect(decision.outcome.rawValue == vector.outcome)
        #expect(decision.grant == vector.grant)
        #expect(decision.role == "nightly")
        #expect(decision.policy == "sha256:test")
        if let reason = vector.reason { #expect(decision.reason == reason) }
        #expect((decision.reason == nil) == (decision.outcome == .allow))
        let explanation = policy.explain(request)
        #expect(explanation.decision == decision)
        #expect(explanation.parts.count == vector.effects.count)
    }

    @Test("The table is there")
    func count() {
        #expect(DecisionVector.load().count > 90)
    }

    static let two = """
          weekly:
            owner: ana@example.com
            expires: 2026-12-31
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: orders-db, allow: {update: [public.orders]}, deny: {delete: [public.b]}}]
          orphan:
            owner: bo@example.com
            expires: 2027-12-31
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: orders-db, allow: {select: ["public.*"]}, deny: {select: [public.orders]}}]
        """

    func decide(_ roles: [String], _ effects: String, at moment: Timestamp = Sample.now) throws -> Decision {
        let grants = "[{target: orders-db, allow: {select: [public.orders], delete: [public.b]}}]"
        let policy = try Sample.policy(grants: grants, more: DecisionTests.two)
        let parsed = effects.split(separator: ";").compactMap(DecisionVector.effect)
        return policy.decide(AccessRequest(roles: roles, target: "orders-db", effects: parsed, at: moment))
    }

    @Test("Different effects may be covered by different roles of the session")
    func rolesJoin() throws {
        let decision = try decide(["nightly", "weekly"], "select public.orders; update public.orders")
        #expect(decision.outcome == .allow)
        #expect(decision.role == "weekly")
        #expect(decision.grant == "roles.weekly.grants[0].allow.update")
    }

    @Test("A deny of one role wins over an allow of another")
    func denyAcrossRoles() throws {
        #expect(try decide(["nightly"], "delete public.b").outcome == .allow)
        let decision = try decide(["nightly", "weekly"], "delete public.b")
        #expect(decision.outcome == .deny)
        #expect(decision.role == "weekly")
    }

    @Test("A refusal names all roles of the session")
    func namesAll() throws {
        let decision = try decide(["nightly", "weekly"], "delete public.orders")
        #expect(decision.reason == "roles nightly, weekly may not delete from public.orders")
        #expect(decision.hint == "a grant on orders-db would allow it: `allow: {delete: [public.orders]}`")
    }

    @Test("A role covers until the last moment of its day, and nothing after")
    func expiry() throws {
        let end = Timestamp(seconds: Timestamp.days(year: 2027, month: 1, day: 1) * 86_400)
        let last = Timestamp(microseconds: end.microseconds - 1)
        #expect(try decide(["weekly"], "update public.orders", at: last).outcome == .allow)
        let after = try decide(["weekly"], "update public.orders", at: end)
        #expect(after.outcome == .deny)
        #expect(after.reason == "role weekly has expired")
        #expect(try decide(["weekly"], "", at: end).outcome == .deny)
        #expect(try decide(["weekly", "nightly"], "select public.orders", at: end).outcome == .allow)
    }

    @Test("A role whose owner has left covers nothing")
    func stopped() throws {
        let decision = try decide(["orphan"], "select public.a")
        #expect(decision.outcome == .deny)
        #expect(decision.reason == "role orphan is stopped: its owner has left")
        #expect(try decide(["orphan"], "").outcome == .deny)
        #expect(try decide(["nightly", "orphan"], "select public.orders").outcome == .allow)
    }

    @Test("A role or a target that is not in the policy is denied, also without effects")
    func unknown() throws {
        #expect(try decide(["nobody"], "").reason == "role nobody is not in the policy in force")
        #expect(try decide([], "").outcome == .deny)
        let policy = try Sample.policy()
        let request = AccessRequest(roles: ["nightly"], target: "nowhere", effects: [], at: Sample.now)
        #expect(policy.decide(request).reason == "role nightly may not use target nowhere")
    }

    @Test("A decision holds until the first of the roles that count has ended")
    func validUntil() throws {
        let policy = try Sample.policy(more: DecisionTests.two)
        func until(_ roles: [String], at moment: Timestamp = Sample.now) -> String? {
            policy.validUntil(roles: roles, at: moment)?.description
        }
        #expect(until(["nightly", "weekly"]) == "2027-01-01T00:00:00.000000Z")
        #expect(until(["nightly"]) == "2027-07-01T00:00:00.000000Z")
        #expect(until(["nobody", "orphan"]) == nil)
        let later = Sample.now.advanced(by: .seconds(100 * 86_400))
        #expect(until(["nightly", "weekly"], at: later) == "2027-07-01T00:00:00.000000Z")
        #expect(until(["weekly"], at: later) == nil)
    }
}
