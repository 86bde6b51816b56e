internal import AccessModel
internal import Hummingbird
internal import NIOCore

/// A change set as it is asked for: `{"role":…,"target":…,"database":…,"commit":…,"reason":…,"ordered":true,"within_s":3600,
/// "sql":"…"}`, of which role, target and sql must be there.
package struct ChangeSetDraft: Hashable, Sendable {
    package var role: String
    package var target: String
    /// Nil for the target's own.
    package var database: String?
    /// Nil for that of the token.
    package var commit: String?
    package var reason: String?
    package var isOrdered: Bool
    package var within: Duration
    /// Its statements, as in a file.
    package var sql: String

    static let bodyLimit = 262_144
    static let names: Set<String> = [
        "role", "target", "database", "commit", "reason", "ordered", "within_s", "sql",
    ]
    /// An hour; and 10 seconds to 7 days.
    static let usualSeconds: UInt64 = 3600
    static let seconds: ClosedRange<UInt64> = 10...604_800

    /// Throws a `Problem` with 400, 408 or 413.
    init(_ request: Request) async throws {
        let body = try await FormBody.bytes(of: request.body, limit: ChangeSetDraft.bodyLimit)
        try self.init(Array(body.readableBytesView))
    }

    init(_ body: [UInt8]) throws {
        guard let members = JSONMembers(body) else { throw Problem(.badRequest, "the body is no JSON object") }
        for (name, _) in members.members {
            let name = String(decoding: members.text.bytes[name], as: UTF8.self)
            guard ChangeSetDraft.names.contains(name) else {
                throw Problem(.badRequest, "there is no member of this name: \(String(name.prefix(64)))")
            }
        }
        role = try ChangeSetDraft.text(members, "role", isRequired: true) ?? ""
        target = try ChangeSetDraft.text(members, "target", isRequired: true) ?? ""
        database = try ChangeSetDraft.text(members, "database")
        commit = try ChangeSetDraft.text(members, "commit")
        reason = try ChangeSetDraft.text(members, "reason", limit: 1000)
        isOrdered = try ChangeSetDraft.ordered(members)
        within = try ChangeSetDraft.within(members)
        sql = try ChangeSetDraft.text(members, "sql", limit: ChangeSetDraft.bodyLimit, isRequired: true) ?? ""
    }

    private static func text(
        _ members: JSONMembers,
        _ name: StaticString,
        limit: Int = 256,
        isRequired: Bool = false
    ) throws -> String? {
        guard members[name] != nil, !members.isNull(name) else {
            guard !isRequired else { throw Problem(.badRequest, "`\(name)` is missing") }
            return nil
        }
        guard let text = members.string(name), !text.isEmpty, text.utf8.count <= limit, !text.utf8.contains(0) else {
            throw Problem(.badRequest, "`\(name)` must be a text of 1 to \(limit) bytes")
        }
        return text
    }

    private static func ordered(_ members: JSONMembers) throws -> Bool {
        guard let raw = members.raw("ordered") else { return false }
        switch String(decoding: raw, as: UTF8.self) {
        case "true": return true
        case "false": return false
        default: throw Problem(.badRequest, "`ordered` must be true or false")
        }
    }

    private static func within(_ members: JSONMembers) throws -> Duration {
        guard members["within_s"] != nil else { return .seconds(Int64(usualSeconds)) }
        guard let count = members.number("within_s"), seconds.contains(count) else {
            throw Problem(
                .badRequest,
                "`within_s` must be a number of seconds, \(seconds.lowerBound) to \(seconds.upperBound)"
            )
        }
        return .seconds(Int64(count))
    }
}
