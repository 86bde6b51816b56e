import AccessModel
import PolicyEngine
import Testing

@Suite("Grants and roles with hours")
struct WindowDecisionTests {
    static let grants = """
        [{target: orders-db, when: {days: [mon], hours: "22:00-04:00"}, allow: {delete: [public.orders]},
          mask: {public.customers.email: email}, limit: {rows_changed: 5}},
         {target: orders-db, when: {hours: "08:00-18:00"}, deny: {select: [public.orders]}},
         {target: orders-db, allow: {select: ["public.*"]}}]
        """

    static func decide(_ effect: String, _ time: String, session: String = "{}") throws -> Decision {
        let policy = try Sample.policy(grants: grants, session: session)
        let effects = [try #require(DecisionVector.effect(effect[...]))]
        let moment = try TimeWindowTests.moment(time)
        return policy.decide(AccessRequest(roles: ["nightly"], target: "orders-db", effects: effects, at: moment))
    }

    @Test("A grant counts inside of its window, and outside the denial says when it would")
    func grantWindow() throws {
        let inside = try WindowDecisionTests.decide("delete public.orders", "2026-11-24T03:59:59Z")
        #expect(inside.outcome == .allow)
        #expect(inside.obligations == Obligations(rowsChanged: 5))
        let outside = try WindowDecisionTests.decide("delete public.orders", "2026-11-24T04:00:00Z")
        #expect(outside.outcome == .deny)
        #expect(outside.grant == nil)
        #expect(outside.reason == "role nightly may not delete from public.orders at this time")
        #expect(outside.hint == "roles.nightly.grants[0].allow.delete allows it mon 22:00-04:00 UTC")
        #expect(outside.obligations == .none)
    }

    @Test("A deny with hours denies in them alone")
    func denyWindow() throws {
        #expect(try WindowDecisionTests.decide("select public.orders", "2026-11-24T12:00:00Z").outcome == .deny)
        #expect(try WindowDecisionTests.decide("select public.orders", "2026-11-24T20:00:00Z").outcome == .allow)
    }

    @Test("A mask hides at all hours")
    func maskWindow() throws {
        #expect(try WindowDecisionTests.decide("select public.customers", "2026-11-24T20:00:00Z").outcome == .deny)
        #expect(try WindowDecisionTests.decide("select public.customers", "2026-11-24T01:00:00Z").outcome == .deny)
    }

    @Test("A role outside of its session's hours covers nothing, and says so")
    func sessionWindow() throws {
        let session = "{when: {days: [tue], hours: \"09:00-17:00\", zone: \"+01:00\"}}"
        let inside = try WindowDecisionTests.decide("select public.a", "2026-11-24T08:00:00Z", session: session)
        #expect(inside.outcome == .allow)
        let outside = try WindowDecisionTests.decide("select public.a", "2026-11-24T16:00:00Z", session: session)
        #expect(outside.outcome == .deny)
        #expect(outside.reason == "role nightly may not be used at this time, only tue 09:00-17:00 +01:00")
    }

    @Test("A decision holds until the next edge of any window of the roles")
    func validUntil() throws {
        let policy = try Sample.policy(grants: WindowDecisionTests.grants)
        for (now, next) in [
            ("2026-11-24T03:00:00Z", "2026-11-24T04:00:00.000000Z"),
            ("2026-11-24T04:00:00Z", "2026-11-24T08:00:00.000000Z"),
            ("2026-11-24T17:59:59.999999Z", "2026-11-24T18:00:00.000000Z"),
            ("2027-06-30T18:00:00Z", "2027-07-01T00:00:00.000000Z"),
        ] {
            let until = policy.validUntil(roles: ["nightly"], at: try TimeWindowTests.moment(now))
            #expect(until?.description == next)
        }
    }

    @Test("A session is refused outside of its role's hours, and ends with them")
    func bindWindow() throws {
        let session = "{when: {hours: \"00:00-06:00\"}}"
        let grant = try BindingTests.bind(session: session).get()
        #expect(grant.expires.description == "2026-11-24T06:00:00.000000Z")
        let late = Sample.now.advanced(by: .seconds(6 * 3600))
        let refusal = BindingTests.refusal(try BindingTests.bind(session: session, at: late))
        #expect(refusal?.code == .window)
        #expect(refusal?.reason == "role nightly may not be used at this time, only every day 00:00-06:00 UTC")
        #expect(refusal?.isVisible == true)
    }
}
