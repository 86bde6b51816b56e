import AccessModel
import PolicyEngine
import Testing

@Suite("Binding identities to roles")
struct BindingTests {
    static let more = """
          weekly:
            owner: ana@example.com
            expires: 2026-12-31
            bind: [{issuer: ci, claims: {project_id: "4711", ref: main}}]
            session: {max_duration: 10m, idle: 1h}
            grants: [{target: orders-db, allow: {update: [public.orders]}}]
          orphan:
            owner: bo@example.com
            expires: 2027-12-31
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: orders-db, allow: {select: [public.orders]}}]
          elsewhere:
            owner: ana@example.com
            expires: 2027-12-31
            bind: [{issuer: ci, claims: {project_id: "4711"}}]
            grants: [{target: other-db, allow: {select: [public.orders]}}]
        """

    static func bind(
        _ claims: [String: ClaimValue] = ["project_id": .string("4711")],
        binding: String = "{project_id: \"4711\"}",
        session: String = "{}",
        asking user: String = "nightly",
        target: String = "orders-db",
        database: String? = nil,
        from source: String = "10.20.3.4",
        reason: String? = nil,
        provenance: [Provenance.Field: String] = [:],
        issuer: String = "ci",
        at moment: Timestamp = Sample.now
    ) throws -> Result<SessionGrant, BindingRefusal> {
        let policy = try Sample.policy(session: session, claims: binding, more: more)
        let address = try #require(SourceAddress(source))
        return policy.bind(
            Sample.identity(claims, issuer: issuer, provenance: provenance),
            asking: user,
            target: target,
            database: database,
            source: address,
            reason: reason,
            at: moment
        )
    }

    static func refusal(_ result: Result<SessionGrant, BindingRefusal>) -> BindingRefusal? {
        if case .failure(let refusal) = result { refusal } else { nil }
    }

    @Test("A role that is asked for by name is bound, with its owner, its target and its database")
    func binds() throws {
        let grant = try BindingTests.bind(session: "{max_duration: 30m, idle: 5m}").get()
        #expect(grant.roles == [BoundRole(name: "nightly", owner: "ana@example.com")])
        #expect(grant.target.name == "orders-db")
        #expect(grant.database == "orders")
        #expect(grant.maxDuration == .seconds(1800))
        #expect(grant.idle == .seconds(300))
        #expect(grant.expires.description == "2027-07-01T00:00:00.000000Z")
        #expect(grant.reason == nil)
    }

    @Test("The user countersign gets every role that may be used here, with the narrowest bounds")
    func everyRole() throws {
        let claims: [String: ClaimValue] = ["project_id": .integer(4711), "ref": .string("main")]
        let session = "{max_duration: 30m, idle: 5m}"
        let grant = try BindingTests.bind(claims, session: session, asking: "countersign").get()
        #expect(grant.roles.map(\.name) == ["nightly", "weekly"])
        #expect(grant.maxDuration == .seconds(600))
        #expect(grant.idle == .seconds(300))
        #expect(grant.expires.description == "2027-01-01T00:00:00.000000Z")
        let other = try BindingTests.bind(claims, asking: "countersign", target: "other-db").get()
        #expect(other.roles.map(\.name) == ["elsewhere"])
    }

    @Test("An identity that no role is bound to learns nothing", arguments: ["nightly", "countersign", "no-such-role"])
    func unbound(user: String) throws {
        let refusal = BindingTests.refusal(try BindingTests.bind(["project_id": .string("4712")], asking: user))
        #expect(refusal?.code == .notBound)
        #expect(refusal?.isVisible == false)
    }

    @Test("A role that exists and one that does not are refused with the same words")
    func noOracle() throws {
        let exists = BindingTests.refusal(try BindingTests.bind(asking: "weekly"))
        let missing = BindingTests.refusal(try BindingTests.bind(asking: "no-such-role"))
        #expect(exists?.reason == "role weekly is not bound to this identity")
        #expect(missing?.reason == "role no-such-role is not bound to this identity")
        #expect(exists?.isVisible == true)
        #expect(missing?.isVisible == true)
    }

    @Test("A target that exists and one that does not are refused with the same words")
    func noTargetOracle() throws {
        let exists = BindingTests.refusal(try BindingTests.bind(target: "other-db"))
        let missing = BindingTests.refusal(try BindingTests.bind(target: "no-such-db"))
        #expect(exists?.reason == "role nightly may not use target other-db")
        #expect(missing?.reason == "role nightly may not use target no-such-db")
        #expect(exists?.code == missing?.code)
    }

    @Test("The same claims from another issuer bind nothing")
    func otherIssuer() throws {
        #expect(BindingTests.refusal(try BindingTests.bind(issuer: "other"))?.code == .notBound)
    }

    @Test("A role ends with its day, and with its owner")
    func ends() throws {
        let end = Timestamp(seconds: Timestamp.days(year: 2027, month: 7, day: 1) * 86_400)
        #expect(BindingTests.refusal(try BindingTests.bind(at: end))?.code == .expired)
        #expect(BindingTests.refusal(try BindingTests.bind(at: Timestamp(microseconds: end.microseconds - 1))) == nil)
        #expect(BindingTests.refusal(try BindingTests.bind(asking: "orphan"))?.code == .stopped)
    }

    @Test(
        "The conditions of a session",
        arguments: [
            ("{sources: [10.20.0.0/16]}", "10.20.3.4", nil, [:], nil),
            ("{sources: [10.20.0.0/16]}", "::ffff:10.20.3.4", nil, [:], nil),
            ("{sources: [10.20.0.0/16]}", "10.21.0.0", nil, [:], .source),
            ("{sources: [10.20.0.0/16]}", "::1", nil, [:], .source),
            ("{require: [commit, run]}", "::1", nil, [.commit: "abc"], .provenance),
            ("{require: [commit, run]}", "::1", nil, [.commit: "abc", .run: "1"], nil),
            ("{justification: required}", "::1", nil, [:], .justification),
            ("{justification: required}", "::1", " \t ", [:], .justification),
            ("{justification: required}", "::1", "TICKET-1", [:], nil),
            ("{justification: ticket}", "::1", "TICKET-1", [:], .justification),
        ] as [(String, String, String?, [Provenance.Field: String], BindingRefusal.Code?)]
    )
    func conditions(
        session: String,
        source: String,
        reason: String?,
        provenance: [Provenance.Field: String],
        code: BindingRefusal.Code?
    ) throws {
        let result = try BindingTests.bind(session: session, from: source, reason: reason, provenance: provenance)
        #expect(BindingTests.refusal(result)?.code == code)
    }

    @Test("A justification is what the caller says, or what the claim says that the role names")
    func justification() throws {
        let claims: [String: ClaimValue] = ["project_id": .string("4711"), "ticket": .string("T-1 ")]
        let session = "{justification: ticket}"
        #expect(try BindingTests.bind(claims, session: session).get().reason == "T-1")
        #expect(try BindingTests.bind(claims, session: session, reason: "mine").get().reason == "mine")
        #expect(try BindingTests.bind(reason: " why ").get().reason == "why")
    }

    @Test("A database is the target's own or one that it lists")
    func databases() throws {
        #expect(try BindingTests.bind(database: "reports").get().database == "reports")
        #expect(try BindingTests.bind(database: "orders").get().database == "orders")
        for database in ["postgres", "", "Orders", "orders "] {
            #expect(BindingTests.refusal(try BindingTests.bind(database: database))?.code == .database)
        }
    }

    @Test(
        "A claim matches by text, pattern, choice or element",
        arguments: [
            ("4711", .string("4711"), true), ("4711", .integer(4711), true), ("\"4711\"", .integer(4711), true),
            ("4711", .string("04711"), false), ("\"true\"", .boolean(true), true), ("true", .string("true"), true),
            ("\"true\"", .boolean(false), false), ("x", .array([.string("a"), .string("x")]), true),
            ("x", .array([.string("a"), .array([.string("x")])]), false), ("x", .array([]), false), ("x", .null, false),
            ("x", .object(["x": .string("x")]), false), ("x", nil, false), ("x", .string("X"), false),
            ("x", .string("x "), false), ("{glob: \"release/*\"}", .string("release/1.2"), true),
            ("{glob: \"release/*\"}", .string("release/1/2"), false),
            ("{glob: \"release/**\"}", .string("release/1/2"), true),
            ("{glob: \"release/*\"}", .string("release/"), true),
            ("{glob: \"release/*\"}", .string("xrelease/1"), false), ("{glob: \"*\"}", .string(""), false),
            ("{glob: \"**\"}", .string(""), false), ("{glob: \"*\"}", .array([.string("a/b"), .integer(1)]), true),
            ("{one_of: [a, b]}", .string("b"), true), ("{one_of: [a, b]}", .string("a, b"), false),
            ("{one_of: [1, 2]}", .integer(2), true), ("{one_of: [\"*\"]}", .string("x"), false),
        ] as [(String, ClaimValue?, Bool)]
    )
    func claims(condition: String, value: ClaimValue?, matches: Bool) throws {
        var claims: [String: ClaimValue] = [:]
        claims["c"] = value
        let result = try BindingTests.bind(claims, binding: "{c: \(condition)}")
        #expect((BindingTests.refusal(result) == nil) == matches)
    }

    @Test("A claim inside another is reached by its path, and every claim must match")
    func nested() throws {
        let account: ClaimValue = .object(["serviceaccount": .object(["uid": .string("u1")])])
        let binding = "{kubernetes.io.serviceaccount.uid: u1, sub: s}"
        let both: [String: ClaimValue] = ["kubernetes.io": account, "sub": .string("s")]
        #expect(BindingTests.refusal(try BindingTests.bind(both, binding: binding)) == nil)
        #expect(BindingTests.refusal(try BindingTests.bind(["kubernetes.io": account], binding: binding)) != nil)
    }

    @Test("What a caller sends as user is shown bounded and without control characters")
    func hostileUser() throws {
        let user = "x\u{1B}[31m\n" + String(repeating: "a", count: 10_000)
        let reason = try #require(BindingTests.refusal(try BindingTests.bind(asking: user))?.reason)
        #expect(reason.utf8.count < 200)
        #expect(!reason.unicodeScalars.contains { $0.value < 0x20 })
    }
}
