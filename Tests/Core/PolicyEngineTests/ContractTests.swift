import AccessModel
import PolicyEngine
import Testing

@Suite("The configuration that the contract shows")
struct ContractTests {
    static let text = """
        version: 1
        data: /var/lib/countersign          # ledger/ recordings/ keys/ state.sqlite admin.sock
        listen:
          postgres: {address: "0.0.0.0:7432", tls: {certificate: tls/gateway.pem, key: {file: tls/gateway.key}}}
          console:  {address: "127.0.0.1:7480"}
        store: sqlite                        # or {postgres: {file: secrets/store-url}}
        ledger:
          origin: countersign.example.com/prod
          durability: {reads: process, changes: disk}   # process: survives kill -9
        issuers:
          gitlab:
            type: oidc
            issuer: https://gitlab.example.com
            audience: countersign
            preset: gitlab                   # claims -> provenance; a map of one's own may stand here
            # jwks: {file: jwks.json}        # instead of discovery
            algorithms: [RS256, ES256, EdDSA]
            max_token_age: 15m
        people:                              # embedded default; SCIM or the issuer's groups instead
          ana@example.com: {name: Ana Silva, groups: [dba]}
          bo@example.com:  {name: Bo Lind, groups: [platform], status: left}
        targets:
          orders-db:
            type: postgres
            address: "db1.example.com:5432"
            tls: {mode: verify-full, ca: tls/db-ca.pem}
            database: orders
            credential: {user: countersign_orders, password: {file: secrets/orders-db}}
        roles:
          nightly-reconcile:
            description: Reconciles balances each night
            owner: ana@example.com
            expires: 2027-06-30
            bind:
              - issuer: gitlab
                claims: {project_id: "4711", ref_protected: "true", environment: production}
            session: {max_duration: 30m, idle: 5m, sources: [10.20.0.0/16], require: [commit, run], justification: optional}
            grants:
              - target: orders-db
                allow:
                  select: [public.orders, public.customers, "reporting.*"]
                  update: ["public.orders(status, reconciled_at)"]
                mask:
                  public.customers.email: email          # email last4 hash redact null partial(2,2)
                  public.customers.card_number: last4
                hold:
                  delete: [public.orders]
                approval: {approvers: ["group:dba"], quorum: 1, within: 15m}
                limit: {rows_changed: 1000, rows_returned: 100000, statement_time: 5m}
        """

    @Test("It is accepted, and every value is where it belongs")
    func parses() throws {
        let (parsed, diagnostics) = Configuration.parse(ContractTests.text, file: "countersign.yaml")
        #expect(diagnostics.isEmpty)
        let configuration = try #require(parsed)
        #expect(configuration.data == "/var/lib/countersign")
        #expect(configuration.listen.postgres?.tls?.key == .file("tls/gateway.key"))
        #expect(configuration.listen.console?.address.port == 7480)
        #expect(configuration.issuers.first?.algorithms == [.rs256, .es256, .edDSA])
        #expect(configuration.people.map(\.status) == [.active, .left])
        #expect(configuration.targets.first?.credential.password == .file("secrets/orders-db"))
        let role = try #require(configuration.roles.first)
        #expect(role.expires.description == "2027-07-01T00:00:00.000000Z")
        #expect(role.session.maxDuration == .seconds(1800))
        #expect(role.session.require == [.commit, .run])
        #expect(role.grants.first?.masks.map(\.method) == [.email, .last4])
        let limit = Obligations(rowsReturned: 100_000, rowsChanged: 1000, statementTime: .seconds(300))
        #expect(role.grants.first?.obligations == limit)
    }
}
