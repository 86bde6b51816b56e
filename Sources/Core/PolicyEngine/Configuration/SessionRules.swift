package import AccessModel

/// The bounds of a role's sessions.
package struct SessionRules: Hashable, Sendable {
    package enum Justification: Hashable, Sendable {
        case optional
        case required
        /// The claim says why; a session without it is refused.
        case claim(String)
    }

    /// From its start; then the session ends.
    package var maxDuration = Duration.seconds(8 * 3600)
    /// Without a command; then the session ends.
    package var idle = Duration.seconds(900)
    /// When there may be sessions; nil for always. A session ends with it.
    package var window: TimeWindow?
    /// Where sessions may come from; nil for anywhere.
    package var sources: [AddressRange]?
    /// The provenance without which a session is refused.
    package var require: [Provenance.Field] = []
    package var justification = Justification.optional

    package init() {}
}

extension SessionRules {
    static func read(_ field: Field) -> SessionRules? {
        guard var map = MappingReader(field) else { return nil }
        let (second, day) = (Duration.seconds(1), Duration.seconds(86_400))
        var rules = SessionRules()
        rules.maxDuration = map.optional("max_duration", default: rules.maxDuration) { $0.duration(in: second...day) }
        rules.idle = map.optional("idle", default: rules.idle) { $0.duration(in: second...day) }
        rules.window = map.optional("when") { TimeWindow.read($0) }
        rules.sources = map.optional("sources") { $0.list(of: "address ranges") { readRange($0) } }
        rules.require = map.optional("require", default: []) { $0.list(of: "provenance fields") { $0.choice() } }
        rules.justification = map.optional("justification", default: .optional) { readJustification($0) }
        map.finish()
        return rules
    }

    private static func readRange(_ field: Field) -> AddressRange? {
        guard let text = field.line(limit: 64) else { return nil }
        return AddressRange(text)
            ?? field.fail("expected a range such as 10.20.0.0/16 with no bit set after the prefix, not `\(text.shown)`")
    }

    private static func readJustification(_ field: Field) -> Justification? {
        guard let text = field.line(limit: 256) else { return nil }
        switch text {
        case "optional": return .optional
        case "required": return .required
        default:
            let suggestion = NearestWord.suggestion(for: text, in: ["optional", "required"])
            return suggestion.isEmpty
                ? .claim(text) : field.fail("expected optional, required or a claim, not `\(text.shown)`\(suggestion)")
        }
    }
}
