internal import AccessModel
internal import PolicyEngine

extension JSONBytes {
    /// `,"bind":[…],"session":{…},"literals":"…","allowed":[…]`, as `RolePorts.find` says.
    mutating func append(detail role: Role) {
        member("bind")
        appendList(role.bindings) { $1.append($0) }
        member("session")
        append(role.session)
        member("literals")
        append(role.literals.rawValue)
        member("allowed")
        appendList(role.grants) { $1.append($0) }
    }

    private mutating func append(_ binding: Binding) {
        appendRaw("{")
        member("issuer")
        append(binding.issuer)
        member("claims")
        appendList(binding.claims) { claim, json in
            let (word, values): (String, [String]) =
                switch claim.condition {
                case .exact(let text): ("exact", [text])
                case .glob(_, let text): ("glob", [text])
                case .oneOf(let texts): ("one_of", texts)
                }
            json.appendRaw("{")
            json.member("claim")
            json.append(claim.path)
            json.member("is")
            json.append(word)
            json.member("values")
            json.append(values)
            json.appendRaw("}")
        }
        appendRaw("}")
    }

    private mutating func append(_ rules: SessionRules) {
        appendRaw("{")
        member("max_duration_s")
        append(rules.maxDuration.components.seconds)
        member("idle_s")
        append(rules.idle.components.seconds)
        member("when")
        append(rules.window?.description)
        member("sources")
        if let sources = rules.sources { append(sources.map { "\($0)" }) } else { appendNull() }
        member("require")
        append(rules.require.map(\.rawValue))
        member("justification")
        switch rules.justification {
        case .optional: append("optional")
        case .required: append("required")
        case .claim(let name): append("claim \(name)")
        }
        appendRaw("}")
    }

    /// `{"target":…,"rules":[…],"masks":[…],"approval":…,"limits":{…},"when":…}`
    mutating func append(_ grant: Grant) {
        appendRaw("{")
        member("target")
        append(grant.target)
        member("rules")
        appendList(grant.rules) { rule, json in
            json.appendRaw("{")
            json.member("verdict")
            json.append(rule.verdict.rawValue)
            json.member("action")
            json.append(rule.action.rawValue)
            json.member("object")
            json.append(rule.pattern.text)
            json.member("path")
            json.append(rule.path)
            json.appendRaw("}")
        }
        member("masks")
        appendList(grant.masks) { mask, json in
            json.appendRaw("{")
            json.member("column")
            json.append(mask.text)
            json.member("method")
            json.append(mask.method.text)
            json.appendRaw("}")
        }
        member("approval")
        if let approval = grant.approval { append(approval) } else { appendNull() }
        member("limits")
        append(grant.obligations)
        member("when")
        append(grant.window?.description)
        appendRaw("}")
    }
}
