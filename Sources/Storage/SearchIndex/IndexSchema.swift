internal import GRDB

/// The tables. A change of them is a new version: an index of another one is dropped and made again.
enum IndexSchema {
    static let version = 1

    static func prepare(_ db: Database) throws {
        guard try Int.fetchOne(db, sql: "PRAGMA user_version") != version else { return }
        try drop(db)
        try create(db)
    }

    static func reset(_ db: Database) throws {
        try drop(db)
        try create(db)
    }

    private static func drop(_ db: Database) throws {
        for table in [
            "position", "session", "session_role", "statement", "statement_text", "shape", "effect", "record", "start",
        ] {
            try db.execute(sql: "DROP TABLE IF EXISTS \(table)")
        }
    }

    private static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE position (one INTEGER PRIMARY KEY, segment INTEGER, offset INTEGER, idx INTEGER, link BLOB,
                    last_segment INTEGER, last_offset INTEGER);
                CREATE TABLE session (id INTEGER PRIMARY KEY, ulid TEXT UNIQUE, segment INTEGER, offset INTEGER, idx INTEGER,
                    closed INTEGER, principal TEXT, pipeline TEXT, run TEXT, revision TEXT, repository TEXT,
                    triggered_by TEXT, target TEXT);
                CREATE INDEX session_revision ON session (revision);
                CREATE INDEX session_run ON session (run);
                CREATE TABLE session_role (session INTEGER, role TEXT, owner TEXT);
                CREATE INDEX session_role_session ON session_role (session);
                CREATE TABLE statement (id INTEGER PRIMARY KEY, sha TEXT UNIQUE);
                CREATE VIRTUAL TABLE statement_text USING fts5 (body, content='', tokenize='unicode61');
                CREATE TABLE shape (id INTEGER PRIMARY KEY, effects TEXT UNIQUE);
                CREATE TABLE effect (shape INTEGER, action TEXT, object TEXT);
                CREATE INDEX effect_shape ON effect (shape);
                CREATE TABLE record (idx INTEGER PRIMARY KEY, id TEXT, segment INTEGER, offset INTEGER, time INTEGER, kind TEXT,
                    session INTEGER, role TEXT, decision TEXT, statement INTEGER, shape INTEGER,
                    outcome_idx INTEGER, outcome_segment INTEGER, outcome_offset INTEGER);
                CREATE INDEX record_session ON record (session);
                CREATE TABLE start (idx INTEGER PRIMARY KEY);
                PRAGMA user_version = \(version);
                """
        )
    }
}
