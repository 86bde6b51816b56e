import AccessModel
import PolicyEngine
import Testing

@Suite("What holds for every policy")
struct PropertyTests {
    private static let actions = ["select", "update", "delete"]
    private static let patterns = [
        "a.x", "a.y", "b.x", "a.*", "b.*", "*.x", "*.*", "a.x*", "\"a.x(c, d)\"", "\"a.*(c)\"", "\"*.x(d)\"",
    ]

    /// What a verdict's part of a grant says.
    private static func part(_ verdict: String, _ generator: inout SeededGenerator) -> String? {
        let entries = actions.compactMap { action -> String? in
            let count = Int.random(in: 0...2, using: &generator)
            let usable = patterns.filter { action != "delete" || !$0.contains("(") }
            let chosen = (0..<count).map { _ in usable.randomElement(using: &generator) ?? "a.x" }
            let quoted = chosen.map { $0.hasPrefix("\"") ? $0 : "\"\($0)\"" }
            return chosen.isEmpty ? nil : "\(action): [\(quoted.joined(separator: ", "))]"
        }
        return entries.isEmpty ? nil : "\(verdict): {\(entries.joined(separator: ", "))}"
    }

    private static func grants(_ generator: inout SeededGenerator) -> String {
        let parts = ["allow", "deny", "hold"].compactMap { part($0, &generator) }
        return "[{target: orders-db, \((parts.isEmpty ? ["allow: {lock: [a.x]}"] : parts).joined(separator: ", "))}]"
    }

    private static let effects: [Effect] = ["a.x", "a.y", "a.xx", "b.x", "b.z", "c.c", "?.x"].flatMap { name in
        ["select", "update", "delete", "insert"].flatMap { action in
            (action == "select" || action == "update" ? ["", "(c)", "(d)", "(c, d)", "(e)"] : [""]).compactMap {
                columns in
                DecisionVector.effect("\(action) \(name)\(columns)")
            }
        }
    }

    /// The rule of decisions, said once more without tables.
    private static func expected(_ effect: Effect, _ grant: Grant) -> DecisionOutcome {
        func any(_ verdict: Verdict, _ applies: (ObjectPattern) -> Bool) -> Bool {
            grant.rules.contains { $0.verdict == verdict && $0.action == effect.action && applies($0.pattern) }
        }
        if any(.deny, { $0.touches(effect) }) { return .deny }
        if effect.object.schema == "?" { return .deny }
        if any(.hold, { $0.touches(effect) }) { return .hold }
        if any(.allow, { $0.covers(effect) }) { return .allow }
        guard let columns = effect.columns else { return .deny }
        // Columns are covered one by one.
        let isCovered = columns.allSatisfy { column in
            any(.allow) { $0.covers(Effect(action: effect.action, object: effect.object, columns: [column])) }
        }
        return isCovered ? .allow : .deny
    }

    @Test(
        "Deny wins over hold, hold over allow, and what nothing covers is denied",
        arguments: 0..<150 as Range<UInt64>
    )
    func precedence(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let policy = try Sample.policy(grants: PropertyTests.grants(&generator))
        let grant = try #require(policy.configuration.roles.first?.grants.first)
        var single: [Effect: DecisionOutcome] = [:]
        for effect in PropertyTests.effects {
            let decision = policy.decide(request([effect]))
            #expect(decision.outcome == PropertyTests.expected(effect, grant), "\(effect)")
            #expect(
                (decision.grant == nil)
                    == (decision.outcome == .deny && decision.hint != nil
                        || effect.object.schema == "?"
                            && decision.grant == nil),
                "\(effect)"
            )
            single[effect] = decision.outcome
        }
        for _ in 0..<50 {
            let several = (0..<Int.random(in: 1...4, using: &generator)).compactMap { _ in
                PropertyTests.effects.randomElement(using: &generator)
            }
            let outcomes = several.compactMap { single[$0] }
            let wanted: DecisionOutcome =
                outcomes.contains(.deny) ? .deny : outcomes.contains(.hold) ? .hold : .allow
            #expect(policy.decide(request(several)).outcome == wanted)
        }
    }

    @Test("The smallest grant that an explanation asks for allows the effect, and is not wider than it")
    func smallest() throws {
        let policy = try Sample.policy(grants: "[{target: orders-db, allow: {lock: [a.x]}}]")
        var effects = PropertyTests.effects.filter { $0.object.schema != "?" }
        effects += ["select public.Mixed Case", "update public.a\"b(x'y)", "delete public.1st", "select public.a*b"]
            .compactMap { DecisionVector.effect($0[...]) }
        effects += [
            "create reporting", "grant default privileges", "set my.flag", "set_role App", "server_file /a b/c",
            "notify J'x", "do plpgsql", "administer language c", "execute public.f",
        ]
        .compactMap { DecisionVector.effect($0[...]) }
        for effect in effects {
            let wanted = try #require(policy.explain(request([effect])).parts.first?.wanted, "\(effect)")
            let wider = try Sample.policy(grants: "[{target: orders-db, allow: {\(wanted)}}]")
            #expect(wider.decide(request([effect])).outcome == .allow, "\(wanted)")
            for other in effects where other.action != effect.action || other.object != effect.object {
                #expect(wider.decide(request([other])).outcome == .deny, "\(wanted) allows \(other)")
            }
        }
    }

    private func request(_ effects: [Effect]) -> AccessRequest {
        AccessRequest(roles: ["nightly"], target: "orders-db", effects: effects, at: Sample.now)
    }
}
