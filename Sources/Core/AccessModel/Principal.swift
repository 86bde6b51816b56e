/// Who acts, identified by issuer and subject.
package struct Principal: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable {
        case workload, person
    }

    package var kind: Kind
    /// The issuer's name in the configuration, not its URL.
    package var issuer: String
    package var subject: String

    package init(kind: Kind, issuer: String, subject: String) {
        self.kind = kind
        self.issuer = issuer
        self.subject = subject
    }
}

extension JSONBytes {
    package mutating func append(_ principal: Principal) {
        appendRaw("{")
        member("kind")
        append(principal.kind.rawValue)
        member("issuer")
        append(principal.issuer)
        member("subject")
        append(principal.subject)
        appendRaw("}")
    }
}
