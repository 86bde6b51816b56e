internal import Foundation

/// The configuration that `countersign init` writes.
struct FirstConfiguration {
    static let file = "countersign.yaml"
    static let passwordFile = "secrets/orders-db"

    var now: Date

    /// The role of the example ends in 90 days: whoever keeps it has looked at it by then.
    private var expiry: String {
        now.addingTimeInterval(90 * 86_400).ISO8601Format().prefix(10).description
    }

    var text: String {
        """
        # Written by `countersign init`. After a change: countersign check --config \(FirstConfiguration.file)
        # Paths are relative to the folder of this file. Secrets are never in it, only where they are:
        # {file: …}, {env: …} or {command: […]}. Every key: docs/reference/configuration.md.
        version: 1

        # The ledger, its keys, and what the gateway remembers. Its own user alone may read it; back it up.
        data: data

        listen:
          # For other machines: "0.0.0.0:7432", and tls: {certificate: tls/gateway.pem, key: {file: tls/gateway.key}}.
          # Without tls a listener is accepted on a loopback address alone.
          postgres: {address: "127.0.0.1:7432"}
          # Pages for people, the API, /healthz, /readyz, /metrics.
          console: {address: "127.0.0.1:7480"}

        ledger:
          # The log's name, in its key and in every checkpoint. It cannot be changed later.
          origin: countersign.example.com/prod
          # process survives the gateway's death, disk also the machine's.
          durability: {reads: process, changes: disk}

        # Whose tokens are believed.
        issuers:
          gitlab:
            type: oidc
            issuer: https://gitlab.example.com
            # The `aud` that jobs ask for. One of your own: a token for another service must not serve here.
            audience: countersign
            preset: gitlab                 # or github, kubernetes, generic
            algorithms: [RS256]
            max_token_age: 15m

        # Who answers for roles. When the owner of a role has left (status: left), the role stops.
        people:
          ana@example.com: {name: Ana Silva, groups: [dba]}

        # What stands behind the gateway. Clients name it as their database: `orders-db`, or `orders-db/DATABASE`.
        targets:
          orders-db:
            type: postgres
            address: "db1.example.com:5432"
            tls: {mode: verify-full}       # ca: tls/db-ca.pem, for an authority of your own
            database: orders
            credential: {user: countersign_orders, password: {file: \(FirstConfiguration.passwordFile)}}

        # Who may do what. What no grant covers is denied; any `deny` wins, then any `hold`, then `allow`.
        roles:
          nightly-reconcile:
            description: Reconciles orders each night
            owner: ana@example.com
            expires: \(expiry)             # the last day
            bind:
              # Every claim must match. The id of a project does not come free when somebody renames it; a name would.
              - issuer: gitlab
                claims: {project_id: "4711", ref_protected: "true", environment: production}
            session: {max_duration: 30m, idle: 5m, require: [commit, run]}
            grants:
              - target: orders-db
                allow:
                  select: [public.orders, public.customers]
                  update: ["public.orders(status, reconciled_at)"]
                # These wait until somebody has approved exactly this statement.
                hold: {delete: [public.orders]}
                # `local` is whoever may open the admin socket; with `login` name people and groups: ["group:dba"].
                approval: {approvers: [local], within: 15m}
                # Read as their masks, wherever the table is read.
                mask: {public.customers.email: email, public.customers.card_number: last4}
                limit: {rows_changed: 1000, statement_time: 5m}

        """
    }
}
