internal import AccessModel
internal import GRDB

/// Finds the records that match a query, a page at a time, in an index of millions.
///
/// With a `SearchDriver` it takes the best of each key's records. Without one it looks at records in the order asked for, a
/// window after the other, and stops where its time is over: then it says how far it came.
struct RecordFinder {
    let db: Database
    /// When to stop looking for more.
    let deadline: ContinuousClock.Instant
    /// So many are good enough once this moment is over.
    var enough: (count: Int, after: ContinuousClock.Instant)?

    struct Found<Item> {
        /// In the order asked for.
        var items: [(index: Int64, item: Item)] = []
        /// Down to which record, in that order, everything was looked at; nil where the answer is whole.
        var reached: Int64?
    }

    /// Records that are looked at before it is asked how long it took.
    private static let windows: ClosedRange<Int64> = 2048...131_072
    /// Records without a page full of matches, after which it is worth asking where matches can be at all.
    private static let patience: Int64 = 65_536

    /// At most `limit` records; `columns` are of `record r`, the first of them `r.idx`.
    func find<Item>(
        _ query: AuditQuery,
        order: AuditOrder,
        after: UInt64?,
        limit: Int,
        columns: String,
        _ read: (Row) throws -> Item
    ) throws -> Found<Item> {
        let (span, isOrdered) = try RecordSpan.of(query, order: order, after: after, in: db)
        guard !span.isEmpty else { return Found() }
        let driver = try SearchDriver.choose(query, span, in: db)
        let words = driver == nil ? query.text.flatMap { FTS5Pattern(matchingAllTokensIn: $0) } : nil
        let statements = try words.flatMap { try StatementSet($0, in: db) }
        let isKnown = driver?.isOfText == true || statements != nil
        var conditions = SearchConditions(query, text: isKnown ? .known : .probe)
        if !isOrdered { conditions.addTimes(query) }
        if let condition = driver?.condition { conditions.add(condition) }
        let pages = try Pages(db, columns, driver, conditions, order, statements)
        if let driver { return try merge(driver.keys, pages, span, limit, read) }
        return try scan(query, pages, span, limit, read)
    }

    // MARK: Keys

    private func merge<Item>(
        _ keys: [DatabaseValue],
        _ pages: Pages,
        _ span: RecordSpan,
        _ limit: Int,
        _ read: (Row) throws -> Item
    ) throws -> Found<Item> {
        var (found, span) = (Found<Item>(), span)
        let isFirst: ((index: Int64, item: Item), (index: Int64, item: Item)) -> Bool =
            pages.order == .newestFirst ? { $0.index > $1.index } : { $0.index < $1.index }
        for key in keys {
            try pages.read(key, span, limit) { found.items.append(($0[0], try read($0))) }
            guard found.items.count > limit + limit / 2 else { continue }
            found.items.sort(by: isFirst)
            found.items.removeLast(found.items.count - limit)
            // What stands behind the last of a full page is of no interest in the keys to come.
            let last = found.items[limit - 1].index
            if pages.order == .newestFirst { span.lower = last + 1 } else { span.upper = last }
        }
        found.items.sort(by: isFirst)
        if found.items.count > limit { found.items.removeLast(found.items.count - limit) }
        return found
    }

    // MARK: Windows

    private func scan<Item>(
        _ query: AuditQuery,
        _ pages: Pages,
        _ span: RecordSpan,
        _ limit: Int,
        _ read: (Row) throws -> Item
    ) throws -> Found<Item> {
        var (found, left) = (Found<Item>(), span)
        var (width, seen, isNarrow) = (RecordFinder.windows.lowerBound, Int64(0), false)
        while !left.isEmpty, found.items.count < limit {
            if !isNarrow, seen >= RecordFinder.patience {
                left = try narrowed(left, query)
                isNarrow = true
                continue
            }
            let began = ContinuousClock.now
            let isEnough = enough.map { found.items.count >= $0.count && began >= $0.after } ?? false
            guard seen == 0 || began < deadline && !isEnough else {
                found.reached = pages.order == .newestFirst ? left.upper : left.lower - 1
                return found
            }
            let window = RecordFinder.take(width, from: &left, pages.order)
            try pages.read(nil, window, limit - found.items.count) { found.items.append(($0[0], try read($0))) }
            seen += window.upper - window.lower
            if ContinuousClock.now - began < .milliseconds(50) {
                width = min(width * 2, RecordFinder.windows.upperBound)
            } else {
                width = max(width / 2, RecordFinder.windows.lowerBound)
            }
        }
        return found
    }

    private static func take(_ width: Int64, from left: inout RecordSpan, _ order: AuditOrder) -> RecordSpan {
        var window = left
        switch order {
        case .newestFirst:
            window.lower = max(left.lower, left.upper - width)
            left.upper = window.lower
        case .oldestFirst:
            window.upper = min(left.upper, left.lower + width)
            left.lower = window.upper
        }
        return window
    }

    /// Leaves out what lies before the first and behind the last session that matches.
    private func narrowed(_ span: RecordSpan, _ query: AuditQuery) throws -> RecordSpan {
        guard let source = SessionSource(query) else { return span }
        let columns = "min(s.idx), max(ifnull(s.closed, \(Int64.max - 1)))"
        let row = try Row.fetchOne(db, sql: source.text(columns), arguments: source.arguments)
        guard let row, let first = row[0] as Int64?, let last = row[1] as Int64? else {
            return RecordSpan(lower: span.lower, upper: span.lower)
        }
        return RecordSpan(lower: max(span.lower, first), upper: min(span.upper, last + 1))
    }

    // MARK: SQL

    /// The one statement of a search, run for each key or window.
    private struct Pages {
        let order: AuditOrder
        private let statement: Statement
        private let hasKey: Bool
        private let conditions: StatementArguments
        /// Those that a record's must be among; nil where the statement of SQL says it all.
        private let statements: StatementSet?

        init(
            _ db: Database,
            _ columns: String,
            _ driver: SearchDriver?,
            _ conditions: SearchConditions,
            _ order: AuditOrder,
            _ statements: StatementSet?
        ) throws {
            let source = driver.map { "record r INDEXED BY \($0.index)" } ?? "record r NOT INDEXED"
            let key = driver.map { "\($0.column) = ? AND " } ?? ""
            statement = try db.cachedStatement(
                sql: """
                    SELECT \(columns), r.statement FROM \(source) LEFT JOIN session s ON s.id = r.session \
                    WHERE \(key)r.idx >= ? AND r.idx < ?\(conditions.further) \
                    ORDER BY r.idx \(order == .newestFirst ? "DESC" : "ASC") LIMIT ?
                    """
            )
            self.order = order
            hasKey = driver != nil
            self.conditions = conditions.arguments
            self.statements = statements
        }

        func read(_ key: DatabaseValue?, _ span: RecordSpan, _ limit: Int, _ body: (Row) throws -> Void) throws {
            guard !span.isEmpty else { return }
            var arguments: StatementArguments = hasKey ? [key] : []
            arguments += [span.lower, span.upper]
            arguments += conditions
            arguments += [statements == nil ? limit : -1]
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            var left = limit
            while left > 0, let row = try rows.next() {
                if let statements, !statements.contains(row[row.count - 1]) { continue }
                try body(row)
                left -= 1
            }
        }
    }
}
