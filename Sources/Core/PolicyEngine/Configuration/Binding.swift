package import AccessModel

/// Which workloads a role is for: every claim must match.
package struct Binding: Hashable, Sendable {
    package struct Claim: Hashable, Sendable {
        /// A claim's name, or a dotted path into it.
        package var path: String
        package var condition: ClaimCondition
        package var place: Place
    }

    /// The name of an issuer of this configuration.
    package var issuer: String
    /// At least one.
    package var claims: [Claim]
    package var place: Place

    package func matches(_ identity: VerifiedIdentity) -> Bool {
        identity.principal.issuer == issuer && !claims.isEmpty
            && claims.allSatisfy { $0.condition.matches(identity.claims[$0.path]) }
    }
}

extension Binding {
    static func read(_ field: Field, issuers: [String]) -> Binding? {
        guard var map = MappingReader(field) else { return nil }
        let issuer = map.required("issuer") { $0.reference(to: "issuer", in: issuers) }
        let claims = map.required("claims") { field in
            MappingReader.entries(of: field) { path, place, field -> Claim? in
                guard !path.isEmpty, path.utf8.count <= 256 else { return field.fail("expected the name of a claim") }
                return ClaimCondition.read(field).map { Claim(path: path, condition: $0, place: place) }
            }
        }
        map.finish()
        guard let issuer, let claims else { return nil }
        return Binding(issuer: issuer, claims: claims, place: field.node.place)
    }
}
