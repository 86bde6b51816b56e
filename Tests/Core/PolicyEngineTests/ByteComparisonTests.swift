import AccessModel
import PolicyEngine
import Testing

/// `é` in one code point, and as `e` with an accent after it: equal for Swift, two texts for everybody else.
@Suite("Texts that look the same are not the same")
struct ByteComparisonTests {
    static let one = "caf\u{E9}"
    static let two = "cafe\u{301}"
    static let kelvin = "\u{212A}ey"

    @Test(
        "A claim is compared by bytes, in each condition",
        arguments: ["ref: %", "ref: {one_of: [x, %]}", "ref: {glob: \"%*\"}"]
    )
    func claims(condition: String) throws {
        let binding = "{project_id: \"4711\", \(condition.replacing("%", with: ByteComparisonTests.one))}"
        func bind(_ ref: String) throws -> Bool {
            let claims: [String: ClaimValue] = ["project_id": .string("4711"), "ref": .string(ref)]
            return BindingTests.refusal(try BindingTests.bind(claims, binding: binding)) == nil
        }
        #expect(try bind(ByteComparisonTests.one))
        #expect(try !bind(ByteComparisonTests.two))
    }

    @Test("The name of a claim is compared by bytes, inside of others too")
    func claimNames() {
        let inner: [String: ClaimValue] = [ByteComparisonTests.two: .string("x")]
        let claims = Claims([ByteComparisonTests.two: .string("x"), ByteComparisonTests.kelvin: .object(inner)])
        #expect(claims[ByteComparisonTests.two] != nil)
        #expect(claims[ByteComparisonTests.one] == nil)
        #expect(claims["\(ByteComparisonTests.kelvin).\(ByteComparisonTests.two)"] != nil)
        #expect(claims["Key.\(ByteComparisonTests.two)"] == nil)
        #expect(claims["\(ByteComparisonTests.kelvin).\(ByteComparisonTests.one)"] == nil)
    }

    @Test("Objects and columns are compared by bytes, by name and by pattern")
    func objects() throws {
        let one = ByteComparisonTests.one
        let grants = """
            [{target: orders-db, allow: {select: ["public.\(one)", "s.t(\(one))", "\(one).*"]}, deny: {select: ["public.x(\(one))"]}},
             {target: orders-db, allow: {select: [public.x]}}]
            """
        let policy = try Sample.policy(grants: grants)
        func isAllowed(_ schema: String, _ name: String, _ columns: [String]? = nil) -> Bool {
            let effect = Effect(action: .select, object: ObjectName(schema: schema, name: name), columns: columns)
            let request = AccessRequest(roles: ["nightly"], target: "orders-db", effects: [effect], at: Sample.now)
            return policy.decide(request).outcome == .allow
        }
        for (text, isSame) in [(one, true), (ByteComparisonTests.two, false)] {
            #expect(isAllowed("public", text) == isSame)
            #expect(isAllowed(text, "t") == isSame)
            #expect(isAllowed("s", "t", [text]) == isSame)
            #expect(isAllowed("public", "x", [text]) == !isSame)
        }
    }

    @Test("A role and a database are asked for by their bytes")
    func roleAndDatabase() throws {
        let more = """
              Key:
                owner: ana@example.com
                expires: 2027-06-30
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants: [{target: orders-db, allow: {select: [public.orders]}}]
            """
        let yaml = Sample.yaml(more: more).replacing("[reports]", with: "[\(ByteComparisonTests.one)]")
        let policy = try Sample.policy(yaml)
        let source = try #require(SourceAddress("10.0.0.1"))
        func binds(_ user: String, _ database: String?) -> Bool {
            let result = policy.bind(
                Sample.identity(),
                asking: user,
                target: "orders-db",
                database: database,
                source: source,
                reason: nil,
                at: Sample.now
            )
            return BindingTests.refusal(result) == nil
        }
        #expect(binds("Key", ByteComparisonTests.one))
        #expect(!binds("Key", ByteComparisonTests.two))
        #expect(!binds(ByteComparisonTests.kelvin, nil))
    }
}
