internal import GRDB

/// The tables of a witness's memory. They are only ever added to: what was cosigned is never forgotten by a new version.
enum WitnessSchema {
    static let version = 1
    /// `CSwt`: which program's file this is.
    static let application = 0x4353_7774

    static func create(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
        try db.execute(sql: "PRAGMA application_id = \(application); PRAGMA user_version = \(version)")
    }

    static func isCurrent(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "PRAGMA application_id") == application
            && Int.fetchOne(db, sql: "PRAGMA user_version") == version
    }

    private static let statements = [
        "CREATE TABLE head (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, "
            + "time INTEGER NOT NULL)",
        "CREATE TABLE cosigned (origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, "
            + "time INTEGER NOT NULL, PRIMARY KEY (origin, size)) WITHOUT ROWID",
        "CREATE TABLE evidence (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, origin TEXT NOT NULL, "
            + "time INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, cosigned BLOB NOT NULL, "
            + "refused BLOB NOT NULL, UNIQUE (kind, origin, size, root))",
    ]
}
