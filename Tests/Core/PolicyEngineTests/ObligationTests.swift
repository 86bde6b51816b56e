import AccessModel
import PolicyEngine
import Testing

@Suite("What a decision owes")
struct ObligationTests {
    static let grants = """
        [{target: orders-db, allow: {select: [public.a]}, limit: {rows_returned: 100, statement_time: 5m}, detect: {card: report}},
         {target: orders-db, allow: {select: [public.b, "public.c(x)"]}, limit: {rows_returned: 10}, detect: {card: redact, email: report}},
         {target: orders-db, allow: {select: ["public.c(y)"]}, limit: {rows_changed: 3}},
         {target: orders-db, hold: {delete: [public.a]}, limit: {rows_changed: 7}},
         {target: orders-db, when: {days: [sun]}, allow: {update: [public.a]}, limit: {rows_returned: 1}},
         {target: other-db, allow: {select: [public.a]}, limit: {rows_returned: 2}}]
        """

    static let quiet = """
          quiet:
            owner: ana@example.com
            expires: 2026-12-31
            record: {literals: redacted}
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: orders-db, allow: {insert: [public.a]}}]
        """

    static func decide(_ effects: String, roles: [String] = ["nightly"]) throws -> Decision {
        let policy = try Sample.policy(grants: grants, more: quiet)
        let parsed = effects.split(separator: ";").compactMap(DecisionVector.effect)
        return policy.decide(AccessRequest(roles: roles, target: "orders-db", effects: parsed, at: Sample.now))
    }

    @Test("The grant that decided says what is owed")
    func one() throws {
        let owed = try ObligationTests.decide("select public.a").obligations
        let wanted = Obligations(rowsReturned: 100, statementTime: .seconds(300), detectors: [.card: .report])
        #expect(owed == wanted)
    }

    @Test("With several grants the smallest bound counts, and redact before report")
    func several() throws {
        let owed = try ObligationTests.decide("select public.a; select public.b").obligations
        #expect(owed.rowsReturned == 10)
        #expect(owed.statementTime == .seconds(300))
        #expect(owed.detectors == [.card: .redact, .email: .report])
    }

    @Test("Grants that cover columns of one effect together are all owed to")
    func columns() throws {
        let owed = try ObligationTests.decide("select public.c(x, y)").obligations
        #expect(owed.rowsReturned == 10)
        #expect(owed.rowsChanged == 3)
        #expect(try ObligationTests.decide("select public.c(y)").obligations == Obligations(rowsChanged: 3))
    }

    @Test("A command without effects owes the smallest of what counts on this target now")
    func withoutEffects() throws {
        let owed = try ObligationTests.decide("").obligations
        #expect(owed.rowsReturned == 10)
        #expect(owed.rowsChanged == 3)
    }

    @Test("A hold owes what its grant asks for, a denial nothing")
    func holdAndDenial() throws {
        #expect(try ObligationTests.decide("delete public.a").obligations == Obligations(rowsChanged: 7))
        #expect(try ObligationTests.decide("select public.a; drop public.a").obligations == .none)
    }

    @Test("Literals are kept out of the record where one role asks for it, of refusals too")
    func literals() throws {
        #expect(try ObligationTests.decide("insert public.a", roles: ["quiet"]).obligations.literals == .redacted)
        #expect(try ObligationTests.decide("", roles: ["nightly", "quiet"]).obligations.literals == .redacted)
        #expect(try ObligationTests.decide("drop public.a", roles: ["quiet"]).obligations.literals == .redacted)
        #expect(try ObligationTests.decide("select public.a", roles: ["nightly"]).obligations.literals == .exact)
        let policy = try Sample.policy(more: ObligationTests.quiet)
        let ended = Sample.now.advanced(by: .seconds(100 * 86_400))
        let request = AccessRequest(roles: ["quiet"], target: "orders-db", effects: [], at: ended)
        #expect(policy.decide(request).outcome == .deny)
        #expect(policy.decide(request).obligations.literals == .redacted)
    }

    @Test("They are written as JSON, without what is not owed")
    func json() {
        var json = JSONBytes()
        json.append(Obligations.none)
        json.append(
            Obligations(
                rowsReturned: 1,
                rowsChanged: 2,
                statementTime: .milliseconds(1500),
                detectors: [.email: .report, .card: .redact],
                literals: .redacted
            )
        )
        let text = """
            {}{"rows_returned":1,"rows_changed":2,"statement_time_ms":1500,\
            "detect":{"card":"redact","email":"report"},"literals":"redacted"}
            """
        #expect(String(decoding: json.bytes, as: UTF8.self) == text)
    }
}
