package import AccessModel

/// What the console asks of the policy in force; the composition root fills it.
package struct ExplainPorts: Sendable {
    /// Who would connect where, and send what.
    package struct Question: Hashable, Sendable {
        /// One JSON object, as in the middle part of a token; taken as verified.
        package var claims: String
        /// The issuer's name; nil for the one that the `iss` claim says.
        package var issuer: String?
        /// A role, or `countersign` for all.
        package var role: String
        /// `TARGET`, or `TARGET/DATABASE`.
        package var target: String
        package var sql: String
        package var source: String
        /// The justification.
        package var reason: String?
        /// When; nil for now.
        package var at: Timestamp?
        /// Schemas that a name without one is looked up in.
        package var searchPath: [String]

        package init(claims: String, target: String, sql: String) {
            self.claims = claims
            self.target = target
            self.sql = sql
            issuer = nil
            role = "countersign"
            source = "127.0.0.1"
            reason = nil
            at = nil
            searchPath = ["public"]
        }
    }

    /// As `policy explain --json`: `{"outcome":"allow"|"hold"|"deny"|"refused","reason":"…"|null,"grant":"…"|null,…}`, and with a
    /// session `"hint","role","policy","obligations":{…},"masks":[{"column":"…","method":"…"}],"roles":["…"],
    /// "effects":[{"effect":{"action":"…","object":"…",…},"outcome":"…","role":"…"|null,"grant":"…"|null,"reason":"…"|null,
    /// "wanted":"…"|null}]`; and `"catalog_age_s":12|null`, how long ago a session read which columns the target has: null where
    /// none has, and `*` and the columns of views are not known. No target is asked.
    package var explain: @Sendable (Question) async throws(ReadRefusal) -> JSONBytes

    package init(explain: @escaping @Sendable (Question) async throws(ReadRefusal) -> JSONBytes) {
        self.explain = explain
    }

    package static let none = ExplainPorts { _ throws(ReadRefusal) in
        throw .unavailable("the policy is not connected")
    }
}
