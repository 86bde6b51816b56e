internal import Crypto
internal import Foundation

/// The gateway's configuration in a quickstart: a file to read, to change and to try things with.
struct QuickstartConfiguration {
    static let file = "countersign.yaml"

    var ports: QuickstartPorts
    var now: Date

    /// Writes the file, unless somebody edited it: then it stays as it is, and the ports that it was written for count.
    /// Gives the settings that are in force.
    static func prepare(
        in folder: QuickstartFolder,
        settings asked: QuickstartSettings,
        now: Date
    ) throws -> QuickstartSettings {
        var settings = asked
        let text = QuickstartConfiguration(ports: asked.ports, now: now).text
        if let known = try? String(contentsOfFile: folder.file(file), encoding: .utf8),
            digest(of: known) != folder.settings.configuration
        {
            guard asked.ports == folder.settings.ports else {
                throw Failure("\(folder.file(file)) was edited, so its ports stay: delete it to have it written anew")
            }
            return folder.settings
        }
        settings.configuration = digest(of: text)
        try folder.write(text, to: file)
        try folder.save(settings)
        return settings
    }

    private static func digest(of text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    /// The role ends in 90 days: a new start writes the file anew.
    private var expiry: String {
        now.addingTimeInterval(90 * 86_400).ISO8601Format().prefix(10).description
    }

    private var text: String {
        """
        # Written by `countersign quickstart`. Edit it and send the gateway SIGHUP (or run `countersign reload`): what it
        # says is in force at once, or, when something is wrong, the old one stays. Once edited it is not written again.
        version: 1
        data: .
        listen:
          postgres: {address: "127.0.0.1:\(ports.gateway)", tls: {certificate: tls/gateway.pem, key: {file: tls/gateway.key}}}
          console: {address: "127.0.0.1:\(ports.console)"}
        ledger:
          origin: localhost/quickstart
          # A read is recorded before it runs, to survive the gateway's death; a change also the machine's.
          durability: {reads: process, changes: disk}
          reserve: 64MiB

        # Who may say which job it is: here the demo issuer, elsewhere GitLab, GitHub, Kubernetes.
        issuers:
          gitlab:
            type: oidc
            issuer: "http://127.0.0.1:\(ports.issuer)"
            audience: \(DemoIssuer.audience)
            preset: gitlab
            algorithms: [ES256]
            max_token_age: 15m

        people:
          ana@example.com: {name: Ana Silva, groups: [dba]}
          # When the owner of a role leaves, the role stops.
          bo@example.com: {name: Bo Lind, groups: [platform]}

        # The gateway alone has the password of the database.
        targets:
          orders-db:
            type: postgres
            address: "127.0.0.1:\(ports.postgres)"
            tls: {mode: verify-full, ca: tls/ca.pem, server_name: localhost}
            database: \(DemoPostgres.database)
            credential: {user: \(DemoPostgres.user), password: {file: \(DemoPostgres.passwordFile)}}

        roles:
          nightly-reconcile:
            description: Reconciles orders each night
            owner: ana@example.com
            expires: \(expiry)
            # Every claim must match. The id of a project does not come free when somebody renames it; a name would.
            bind:
              - issuer: gitlab
                claims: {project_id: "4711", ref_protected: "true", environment: production}
            session: {max_duration: 30m, idle: 5m, sources: [127.0.0.0/8], require: [commit, run]}
            grants:
              # What no grant covers is denied: deleting, inserting. E-mail addresses and card numbers are read as their
              # masks, also by a WHERE, a join or a cast. Changing a total waits for the answer of whoever may open the admin
              # socket (`local`); people and groups answer once they can log in (`login`).
              - target: orders-db
                allow:
                  select: [public.orders, public.customers, "reporting.*", "pg_catalog.*"]
                  update: ["public.orders(status, reconciled_at)"]
                hold: {update: ["public.orders(total)"]}
                approval: {approvers: [local], within: 5m}
                mask:
                  public.customers.email: email
                  public.customers.card_number: last4

        """
    }
}
