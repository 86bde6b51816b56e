internal import GRDB

/// The statements that have some words, for who looks at many records: asked for once, where asking for each record's would
/// cost more than the record.
struct StatementSet {
    /// A bit for each statement's number.
    private var words: [UInt64] = []

    /// Statements; where more of them match, each record's statement is looked at.
    private static let most = 1_000_000
    /// The largest number of a statement whose bit is kept: 8 MiB of them.
    private static let largest: Int64 = 1 << 26

    /// Nil where there are too many.
    init?(_ text: FTS5Pattern, in db: Database) throws {
        let numbers = try Int64.fetchCursor(
            db.cachedStatement(sql: "SELECT rowid FROM statement_text WHERE statement_text MATCH ?"),
            arguments: [text]
        )
        var count = 0
        while let number = try numbers.next() {
            count += 1
            guard count <= StatementSet.most, (0..<StatementSet.largest).contains(number) else { return nil }
            let place = Int(number >> 6)
            // They come in order.
            while words.count <= place { words.append(0) }
            words[place] |= 1 << UInt64(number & 63)
        }
    }

    func contains(_ number: Int64?) -> Bool {
        guard let number, number >= 0, case let place = Int(number >> 6), place < words.count else { return false }
        return words[place] >> UInt64(number & 63) & 1 == 1
    }
}
