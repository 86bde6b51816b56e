/// What a command would do to an object: the verb of an effect and of a grant.
///
/// The raw value is the word in the configuration and in records. SQL statements that do several things have several
/// effects; what no action names is not understood, and so denied.
package enum Action: String, Hashable, Sendable, CaseIterable {
    // Rows of a relation. `copy (query) to stdout` is what its query is; `copy t from stdin` is an insert.
    case select, insert, update, delete, truncate
    /// LOCK TABLE, and row locks (`FOR UPDATE`, `FOR SHARE`).
    case lock
    /// Definition of objects. `alter` includes COMMENT, SECURITY LABEL, owner and trigger or rule changes.
    case create, alter, drop
    /// GRANT, REVOKE, ALTER DEFAULT PRIVILEGES.
    case grant
    /// A function or procedure by name, where it is not in the list of safe built-in functions.
    case execute
    /// A DO block; the object is the language. Its body is opaque.
    case `do`
    /// VACUUM, ANALYZE, REINDEX, CLUSTER, REFRESH MATERIALIZED VIEW, CHECKPOINT.
    case maintain
    /// A configuration parameter that is not in the list of harmless ones; the object is its name.
    case set
    /// SET ROLE and SET SESSION AUTHORIZATION; the object is the database role.
    case setRole = "set_role"
    case listen, notify
    /// COPY with a file of the server, and with a program; the object is the path or the command.
    case serverFile = "server_file"
    case serverProgram = "server_program"
    /// What concerns the whole server: roles, databases, tablespaces, ALTER SYSTEM, LOAD, extensions, subscriptions.
    case administer
    /// Prepared transactions: PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED.
    case twoPhase = "two_phase"

    /// Whether an effect of this kind can change the target: its record is made durable as a change.
    package var isChange: Bool {
        switch self {
        case .select, .lock, .set, .setRole, .listen: false
        case .insert, .update, .delete, .truncate, .create, .alter, .drop, .grant, .execute, .do, .maintain, .notify,
            .serverFile, .serverProgram, .administer, .twoPhase:
            true
        }
    }
}
