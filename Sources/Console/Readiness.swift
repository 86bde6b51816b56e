internal import AccessModel

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

    package init(_ parts: [Part]) {
        self.parts = parts
    }

    /// True only where every part works, and there is one: a list that was never filled is not ready.
    package var isReady: Bool {
        !parts.isEmpty && parts.allSatisfy { $0.reason == nil }
    }

    /// `{"status":"ready"}` or `{"status":"not ready","reasons":[{"part":"ledger","reason":"…"}]}`
    var json: JSONBytes {
        var json = JSONBytes()
        guard !isReady else {
            json.appendRaw("{\"status\":\"ready\"}")
            return json
        }
        json.appendRaw("{\"status\":\"not ready\",\"reasons\":[")
        for (index, part) in parts.filter({ $0.reason != nil }).enumerated() {
            json.appendRaw(index == 0 ? "{" : ",{")
            json.member("part")
            json.append(part.name)
            json.member("reason")
            json.append(part.reason)
            json.appendRaw("}")
        }
        json.appendRaw("]}")
        return json
    }
}
