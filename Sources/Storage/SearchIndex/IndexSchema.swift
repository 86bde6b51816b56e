internal import GRDB

/// The tables. A change of them is a new version: an index of another one is dropped and made again.
enum IndexSchema {
    static let version = 5

    /// What was done to make the database ready.
    enum Preparation: Hashable {
        case nothing, created
        /// The tables were not those of this version.
        case replaced
    }

    static func prepare(_ db: Database) throws -> Preparation {
        let found = try Set(String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))
        guard !found.isEmpty else {
            try create(db)
            return .created
        }
        // The text that made a table is kept as it was written.
        let isWhole = found.isSuperset(of: statements)
        guard try Int.fetchOne(db, sql: "PRAGMA user_version") != version || !isWhole else { return .nothing }
        try reset(db)
        return .replaced
    }

    static func reset(_ db: Database) throws {
        let names = try String.fetchAll(
            db,
            sql:
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE TABLE ''statement_text_%'"
        )
        for name in names where !name.hasPrefix("sqlite_") { try db.drop(table: name) }
        try create(db)
    }

    private static func create(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// `session` may hold an id twice: the ledger says what was written, and the index does not correct it. `closed` is the
    /// record that ended it: its own, or a gateway's start or stop, behind which nothing comes of it.
    /// `boundary` holds where a gateway started or stopped: what ran before has no outcome to come. `disorder` is empty
    /// unless a record is older than one in front of it, which no gateway writes.
    private static let statements = [
        """
        CREATE TABLE position (one INTEGER PRIMARY KEY, segment INTEGER, offset INTEGER, idx INTEGER, leaf BLOB,
            last_segment INTEGER, last_offset INTEGER)
        """,
        """
        CREATE TABLE session (id INTEGER PRIMARY KEY, ulid TEXT, segment INTEGER, offset INTEGER, idx INTEGER,
            closed INTEGER, principal TEXT, issuer TEXT, pipeline TEXT, run TEXT, revision TEXT, repository TEXT,
            triggered_by TEXT, target TEXT)
        """,
        "CREATE INDEX session_ulid ON session (ulid)",
        "CREATE INDEX session_revision ON session (revision)",
        "CREATE INDEX session_run ON session (run)",
        "CREATE INDEX session_principal ON session (principal, issuer)",
        "CREATE INDEX session_pipeline ON session (pipeline)",
        "CREATE INDEX session_repository ON session (repository)",
        "CREATE INDEX session_triggered_by ON session (triggered_by)",
        "CREATE INDEX session_target ON session (target)",
        "CREATE INDEX session_open ON session (id) WHERE closed IS NULL",
        "CREATE INDEX session_ended ON session (id) WHERE ulid IS NOT NULL AND closed IS NOT NULL",
        "CREATE TABLE session_role (session INTEGER, role TEXT, owner TEXT)",
        "CREATE INDEX session_role_session ON session_role (session)",
        "CREATE INDEX session_role_role ON session_role (role, session)",
        "CREATE INDEX session_role_owner ON session_role (owner, session)",
        "CREATE TABLE statement (id INTEGER PRIMARY KEY, sha TEXT UNIQUE)",
        "CREATE VIRTUAL TABLE statement_text USING fts5 (body, content='', tokenize='unicode61')",
        "CREATE TABLE shape (id INTEGER PRIMARY KEY, effects TEXT UNIQUE)",
        "CREATE TABLE effect (shape INTEGER, action TEXT, object TEXT)",
        "CREATE INDEX effect_shape ON effect (shape)",
        "CREATE INDEX effect_object ON effect (object, action)",
        "CREATE INDEX effect_action ON effect (action)",
        """
        CREATE TABLE record (idx INTEGER PRIMARY KEY, id TEXT, segment INTEGER, offset INTEGER, time INTEGER, kind TEXT,
            session INTEGER, role TEXT, decision TEXT, statement INTEGER, shape INTEGER,
            outcome_idx INTEGER, outcome_segment INTEGER, outcome_offset INTEGER)
        """,
        "CREATE INDEX record_session ON record (session)",
        "CREATE INDEX record_time ON record (time)",
        "CREATE INDEX record_statement ON record (statement)",
        "CREATE INDEX record_shape ON record (shape)",
        "CREATE INDEX record_refused ON record (decision) WHERE decision <> 'allow'",
        "CREATE INDEX record_kind ON record (kind) WHERE kind <> 'command'",
        "CREATE TABLE approval (id TEXT, idx INTEGER, PRIMARY KEY (id, idx)) WITHOUT ROWID",
        "CREATE TABLE boundary (idx INTEGER PRIMARY KEY)",
        "CREATE TABLE disorder (idx INTEGER PRIMARY KEY)",
    ]
}
