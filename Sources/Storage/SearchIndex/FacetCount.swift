internal import GRDB

/// Counts records by what they hold, and what their sessions and effects hold by how many records have them: each session
/// is looked up once.
struct FacetCount {
    struct Record {
        var time: Int64
        var kind: String
        var decision: String?
        var role: String?
        var session: Int64?
        var shape: Int64?

        /// `r.idx, r.time, r.kind, r.decision, r.role, r.session, r.shape`
        init(_ row: Row) {
            (time, kind, decision, role, session, shape) = (row[1], row[2], row[3], row[4], row[5], row[6])
        }
    }

    private struct SessionRole: Hashable {
        var session: Int64
        var role: String?
    }

    private var kinds: [String: Int] = [:]
    private var decisions: [String: Int] = [:]
    private var sessions: [SessionRole: Int] = [:]
    private var shapes: [Int64: Int] = [:]

    mutating func add(_ record: Record) {
        kinds[record.kind, default: 0] += 1
        if let decision = record.decision { decisions[decision, default: 0] += 1 }
        if let session = record.session {
            sessions[SessionRole(session: session, role: record.role), default: 0] += 1
        }
        if let shape = record.shape { shapes[shape, default: 0] += 1 }
    }

    func lists(in db: Database) throws -> [(name: StaticString, values: [Facets.Value])] {
        let (people, who) = (try people(in: db), try who(in: db))
        let (actions, objects) = try effects(in: db)
        return [
            ("kind", FacetCount.top(kinds)), ("decision", FacetCount.top(decisions)),
            ("role", FacetCount.top(people.roles)), ("owner", FacetCount.top(people.owners)),
            ("target", FacetCount.top(who.targets)), ("principal", FacetCount.top(who.principals)),
            ("repository", FacetCount.top(who.repositories)), ("action", FacetCount.top(actions)),
            ("object", FacetCount.top(objects)),
        ]
    }

    /// A record without a role of its own counts for each of its session's, as a search finds it.
    private func people(in db: Database) throws -> (roles: [String: Int], owners: [String: Int]) {
        var (roles, owners) = ([String: Int](), [String: Int]())
        let statement = try db.cachedStatement(sql: "SELECT role, owner FROM session_role WHERE session = ?")
        for (key, count) in sessions {
            var seen: Set<String> = []
            for row in try Row.fetchAll(statement, arguments: [key.session]) {
                guard let role = row[0] as String?, key.role == nil || key.role == role else { continue }
                roles[role, default: 0] += count
                if let owner = row[1] as String?, seen.insert(owner).inserted { owners[owner, default: 0] += count }
            }
        }
        return (roles, owners)
    }

    private func who(
        in db: Database
    ) throws -> (targets: [String: Int], principals: [String: Int], repositories: [String: Int]) {
        var (targets, principals, repositories) = ([String: Int](), [String: Int](), [String: Int]())
        let statement = try db.cachedStatement(sql: "SELECT target, principal, repository FROM session WHERE id = ?")
        for (key, count) in sessions {
            guard let row = try Row.fetchOne(statement, arguments: [key.session]) else { continue }
            if let target = row[0] as String? { targets[target, default: 0] += count }
            if let principal = row[1] as String? { principals[principal, default: 0] += count }
            if let repository = row[2] as String? { repositories[repository, default: 0] += count }
        }
        return (targets, principals, repositories)
    }

    private func effects(in db: Database) throws -> (actions: [String: Int], objects: [String: Int]) {
        var (actions, objects) = ([String: Int](), [String: Int]())
        let statement = try db.cachedStatement(sql: "SELECT action, object FROM effect WHERE shape = ?")
        for (shape, count) in shapes {
            var seen: (actions: Set<String>, objects: Set<String>) = ([], [])
            for row in try Row.fetchAll(statement, arguments: [shape]) {
                if let action = row[0] as String?, seen.actions.insert(action).inserted {
                    actions[action, default: 0] += count
                }
                if let object = row[1] as String?, seen.objects.insert(object).inserted {
                    objects[object, default: 0] += count
                }
            }
        }
        return (actions, objects)
    }

    /// The most frequent ones; of those that are as frequent the first by name.
    private static func top(_ counts: [String: Int]) -> [Facets.Value] {
        let sorted = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        return sorted.prefix(Facets.longest).map { Facets.Value(text: $0.key, count: $0.value) }
    }
}
