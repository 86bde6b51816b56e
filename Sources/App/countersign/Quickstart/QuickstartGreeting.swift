internal import Foundation

/// What a quickstart prints when it is up.
struct QuickstartGreeting {
    var folder: QuickstartFolder
    var settings: QuickstartSettings
    var addresses: GatewayAddresses
    /// Logs in to the console, once.
    var loginLink: String?
    /// How this program was called.
    var program: String
    /// The folder that paths are shown relative to, where they are in it.
    var currentFolder: String

    var text: String {
        let data = shown(folder.path)
        return """

            Countersign is up. Ctrl-C ends it; what it wrote stays in \(data).

              gateway   localhost:\(gatewayPort), PostgreSQL with TLS
              console   \(loginLink ?? addresses.console ?? "-")
                        logs you in once, within five minutes; another: \(another)
              policy    \(shown(folder.file(QuickstartConfiguration.file)))

            Paste these into another terminal, in this folder.

            \(lines.joined(separator: "\n"))


            """
    }

    private var another: String {
        "\(quoted(shown(program))) login-link --data \(quoted(shown(folder.path)))"
    }

    /// The lines to paste, as they are.
    private var lines: [String] {
        let (countersign, data) = (shown(program), shown(folder.path))
        let authority = shown(folder.file("tls/ca.pem"))
        let connection =
            "host=localhost port=\(gatewayPort) sslmode=verify-full sslrootcert=\(authority) "
            + "dbname=orders-db user=nightly-reconcile"
        let psql = "psql \(quoted(connection))"
        return [
            "# A job's token is the password, for ten minutes. It is a scheduled job of a protected branch.",
            "export PGPASSWORD=$(\(quoted(countersign)) quickstart token --data \(quoted(data)) --commit \(DemoJob.commit))",
            "",
            "# Allowed: the role may read orders and change two of their columns.",
            "\(psql) -c \"UPDATE public.orders SET status = 'reconciled', reconciled_at = now() WHERE id = 42\"",
            "",
            "# Refused, although the database user itself may do both.",
            "\(psql) -v VERBOSITY=verbose -c \"DELETE FROM public.orders WHERE id = 42\"",
            "",
            "# Masked where the table is read: a WHERE sees no more than the result shows.",
            "\(psql) -c \"SELECT id, email, card_number FROM public.customers ORDER BY id LIMIT 3\"",
            "",
            "# Held: it waits on its connection, and runs once somebody has approved exactly this statement: here, or in the console.",
            "\(psql) -c \"UPDATE public.orders SET total = 0 WHERE id = 43\" & "
                + "\(quoted(countersign)) approvals approve --wait 10 --data \(quoted(data)); wait",
            "",
            "# Who did that, from which run, for which commit?",
            "\(quoted(countersign)) audit search --data \(quoted(data)) --commit \(DemoJob.commit) --json",
            "",
            "# Is the record complete, and as it was written?",
            "\(quoted(countersign)) ledger verify --data \(quoted(data))",
        ]
    }

    private var gatewayPort: String {
        addresses.postgres?.split(separator: ":").last.map(String.init) ?? "\(settings.ports.gateway)"
    }

    /// A path as seen from the current folder.
    private func shown(_ path: String) -> String {
        guard path.hasPrefix("/") else { return path }
        let prefix = currentFolder.hasSuffix("/") ? currentFolder : currentFolder + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }

    /// A word for the shell: quoted where it has to be.
    private func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._/+:@%".utf8.contains(byte)
        }
        return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
