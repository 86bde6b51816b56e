package import AccessModel

/// Whether the gateway can serve: the parts that it needs, each working or with a reason why not.
package struct Readiness: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package var name: String
        /// Nil where the part works; else why not, in words for an operator and without secrets.
        package var reason: String?

        /// A part that works.
        package init(_ name: String) {
            self.name = name
            self.reason = nil
        }

        package init(_ name: String, failing reason: String) {
            self.name = name
            self.reason = reason
        }
    }

    package var parts: [Part]
    /// What works, and should be looked at: not a reason to take the gateway out of service.
    package var warnings: [Part]

    package init(_ parts: [Part], warnings: [Part] = []) {
        self.parts = parts
        self.warnings = warnings
    }

    /// True only where every part works, and there is one: a list that was never filled is not ready.
    package var isReady: Bool {
        !parts.isEmpty && parts.allSatisfy { $0.reason == nil }
    }

    /// `{"status":"ready"}` or `{"status":"not ready","reasons":[{"part":"ledger","reason":"…"}]}`; with `"warnings"` of
    /// the same form where there are any.
    var json: JSONBytes {
        var json = JSONBytes()
        json.appendRaw(isReady ? "{\"status\":\"ready\"" : "{\"status\":\"not ready\"")
        if !isReady { Readiness.append("reasons", parts.filter { $0.reason != nil }, to: &json) }
        if !warnings.isEmpty { Readiness.append("warnings", warnings, to: &json) }
        json.appendRaw("}")
        return json
    }

    private static func append(_ name: String, _ parts: [Part], to json: inout JSONBytes) {
        json.appendRaw(",")
        json.append(name)
        json.appendRaw(":[")
        for (index, part) in parts.enumerated() {
            json.appendRaw(index == 0 ? "{" : ",{")
            json.member("part")
            json.append(part.name)
            json.member("reason")
            json.append(part.reason)
            json.appendRaw("}")
        }
        json.appendRaw("]")
    }
}

extension JSONBytes {
    package mutating func append(_ readiness: Readiness) {
        appendRaw(readiness.json.bytes)
    }
}
