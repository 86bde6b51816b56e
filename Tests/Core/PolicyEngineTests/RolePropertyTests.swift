import AccessModel
import PolicyEngine
import Testing

@Suite("What holds for every session of two roles")
struct RolePropertyTests {
    private static let columns = ["a", "b", "c", "d"]
    private static let names = ["public.x", "public.y", "s.x"]

    private static func list(_ generator: inout SeededGenerator) -> String {
        let patterns = names + ["\"public.*\"", "\"*.x\""]
        let entries = (0..<Int.random(in: 1...4, using: &generator)).map { _ -> String in
            let name = (patterns.randomElement(using: &generator) ?? "s.x").filter { $0 != "\"" }
            let some = columns.shuffled(using: &generator).prefix(Int.random(in: 0...3, using: &generator))
            return "\"\(name)\(some.isEmpty ? "" : "(\(some.joined(separator: ", ")))")\""
        }
        return "[\(entries.joined(separator: ", "))]"
    }

    private static func window(_ generator: inout SeededGenerator) -> String {
        let hours = Int.random(in: 0..<24, using: &generator)
        let length = Int.random(in: 1..<24, using: &generator)
        let texts = [hours, (hours + length) % 24].map { $0 < 10 ? "0\($0):00" : "\($0):00" }
        let days = ["", "days: [mon, tue], ", "days: [sun], "].randomElement(using: &generator) ?? ""
        return "when: {\(days)hours: \"\(texts[0])-\(texts[1] == "00:00" ? "24:00" : texts[1])\"}"
    }

    private static func grant(_ generator: inout SeededGenerator, isTimed: Bool) -> String {
        var parts = ["target: orders-db", "allow: {select: \(list(&generator))}"]
        if Bool.random(using: &generator) { parts.append("deny: {select: \(list(&generator))}") }
        if Bool.random(using: &generator) {
            parts.append("limit: {rows_returned: \(Int.random(in: 1...9, using: &generator))}")
        }
        if isTimed, Bool.random(using: &generator) { parts.append(window(&generator)) }
        if Bool.random(using: &generator) {
            let column = (names + ["\"*.x\""]).randomElement(using: &generator) ?? "s.x"
            let method = ["email", "hash", "redact"].randomElement(using: &generator) ?? "hash"
            parts.append(
                "mask: {\"\(column.filter { $0 != "\"" }).\(columns.randomElement(using: &generator) ?? "a")\": \(method)}"
            )
        }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func policy(_ generator: inout SeededGenerator, isTimed: Bool) throws -> PolicySet {
        let second = """
              second:
                owner: ana@example.com
                expires: 2026-12-31
                session: {\(isTimed ? window(&generator) : "")}
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants: [\(grant(&generator, isTimed: isTimed))]
            """
        let first = "[\(grant(&generator, isTimed: isTimed)), \(grant(&generator, isTimed: isTimed))]"
        return try Sample.policy(grants: first, more: second)
    }

    private static func effect(_ generator: inout SeededGenerator) -> Effect {
        let parts = (names.randomElement(using: &generator) ?? "s.x").split(separator: ".").map(String.init)
        let some = columns.shuffled(using: &generator).prefix(Int.random(in: 0...4, using: &generator)).sorted()
        let isWhole = Int.random(in: 0..<5, using: &generator) == 0
        let object = ObjectName(schema: parts[0], name: parts[1])
        return Effect(action: .select, object: object, columns: isWhole ? nil : some)
    }

    private static func request(_ effects: [Effect], _ roles: [String], at moment: Timestamp = Sample.now)
        -> AccessRequest
    {
        AccessRequest(roles: roles, target: "orders-db", effects: effects, at: moment, servesMasks: true)
    }

    @Test("Columns are decided one by one, whoever covers them", arguments: 0..<60 as Range<UInt64>)
    func columnsAddUp(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let policy = try RolePropertyTests.policy(&generator, isTimed: false)
        for _ in 0..<60 {
            let effect = RolePropertyTests.effect(&generator)
            guard let columns = effect.columns, !columns.isEmpty else { continue }
            for roles in [["nightly"], ["second"], ["nightly", "second"], ["second", "nightly"]] {
                let whole = policy.decide(RolePropertyTests.request([effect], roles))
                let single = columns.map { column in
                    let part = Effect(action: .select, object: effect.object, columns: [column])
                    return policy.decide(RolePropertyTests.request([part], roles)).outcome == .allow
                }
                #expect((whole.outcome == .allow) == single.allSatisfy { $0 }, "\(effect) \(roles)")
            }
        }
    }

    @Test("What was decided holds until the moment that validUntil says", arguments: 0..<60 as Range<UInt64>)
    func holds(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let policy = try RolePropertyTests.policy(&generator, isTimed: true)
        let roles = ["nightly", "second"]
        for _ in 0..<60 {
            let start = Sample.now.microseconds + Int64.random(in: 0..<60 * 86_400_000_000, using: &generator)
            let moment = Timestamp(microseconds: start)
            let until = try #require(policy.validUntil(roles: roles, at: moment))
            #expect(until > moment)
            let effects = [RolePropertyTests.effect(&generator), RolePropertyTests.effect(&generator)]
            let decision = policy.decide(RolePropertyTests.request(effects, roles, at: moment))
            let last = until.microseconds - 1
            for later in [last, Int64.random(in: start...last, using: &generator)] {
                let again = RolePropertyTests.request(effects, roles, at: Timestamp(microseconds: later))
                #expect(policy.decide(again) == decision)
            }
        }
    }

    @Test("Another role never takes a mask or a denial away", arguments: 0..<60 as Range<UInt64>)
    func masksStay(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let policy = try RolePropertyTests.policy(&generator, isTimed: false)
        let relations = RolePropertyTests.names.map { MaskPlanTests.relation($0, RolePropertyTests.columns) }
        let catalog = Catalog(version: 1, relations: relations)
        func plan(_ roles: [String]) -> MaskPlan {
            policy.masks(roles: roles, target: "orders-db", at: Sample.now, catalog: catalog)
        }
        let both = plan(["nightly", "second"])
        #expect(both == plan(["second", "nightly"]))
        for role in ["nightly", "second"] {
            for (relation, masks) in plan([role]).relations {
                for (column, method) in masks {
                    let found = both.relations[relation]?[column]
                    #expect(found == method || found == .null)
                }
            }
        }
        for _ in 0..<60 {
            let effect = RolePropertyTests.effect(&generator)
            let alone = policy.decide(RolePropertyTests.request([effect], ["nightly"]))
            guard alone.outcome == .deny, alone.grant != nil else { continue }
            #expect(policy.decide(RolePropertyTests.request([effect], ["nightly", "second"])).outcome == .deny)
        }
    }
}
