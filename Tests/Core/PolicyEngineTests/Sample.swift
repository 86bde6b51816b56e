import AccessModel
import PolicyEngine

/// A small configuration with places to put pieces in.
enum Sample {
    static func yaml(
        grants: String = "[{target: orders-db, allow: {select: [public.orders]}}]",
        session: String = "{}",
        claims: String = "{project_id: \"4711\"}",
        expires: String = "2027-06-30",
        more: String = ""
    ) -> String {
        """
        version: 1
        data: data
        listen:
          postgres: {address: "127.0.0.1:7432"}
        ledger: {origin: test.example/one}
        issuers:
          ci: {type: oidc, issuer: "https://gitlab.example.com", audience: countersign, preset: gitlab}
        people:
          ana@example.com: {name: Ana Silva, groups: [dba]}
          bo@example.com: {name: Bo Lind, status: left}
        targets:
          orders-db:
            type: postgres
            address: "db1.example.com:5432"
            database: orders
            databases: [reports]
            credential: {user: countersign_orders, password: {file: secrets/orders-db}}
          other-db:
            type: postgres
            address: /run/postgresql
            database: other
            credential: {user: u}
        roles:
          nightly:
            owner: ana@example.com
            expires: \(expires)
            bind: [{issuer: ci, claims: \(claims)}]
            session: \(session)
            grants: \(grants)
        \(more)
        """
    }

    static func policy(
        grants: String = "[{target: orders-db, allow: {select: [public.orders]}}]",
        session: String = "{}",
        claims: String = "{project_id: \"4711\"}",
        more: String = ""
    ) throws -> PolicySet {
        try policy(yaml(grants: grants, session: session, claims: claims, more: more))
    }

    static func policy(_ yaml: String) throws -> PolicySet {
        let (configuration, diagnostics) = Configuration.parse(yaml, file: "test.yaml")
        guard let configuration else { throw SampleError(diagnostics: diagnostics) }
        return PolicySet(configuration, id: "sha256:test")
    }

    /// 2026-11-24
    static let now = Timestamp(seconds: Timestamp.days(year: 2026, month: 11, day: 24) * 86_400)

    static func identity(
        _ claims: [String: ClaimValue] = ["project_id": .string("4711")],
        issuer: String = "ci",
        provenance: [Provenance.Field: String] = [:]
    ) -> VerifiedIdentity {
        VerifiedIdentity(
            principal: Principal(kind: .workload, issuer: issuer, subject: "s"),
            claims: Claims(claims),
            provenance: Provenance(provenance),
            expires: now.advanced(by: .seconds(300)),
            tokenDigest: "00"
        )
    }
}

struct SampleError: Error, CustomStringConvertible {
    var diagnostics: [Diagnostic]
    var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
