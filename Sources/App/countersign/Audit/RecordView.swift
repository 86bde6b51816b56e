internal import AccessModel

/// A record as the index joins it, read for people.
struct RecordView {
    let members: JSONMembers

    /// Nil where the line is no JSON object.
    init?(_ line: [UInt8]) {
        guard let members = JSONMembers(line) else { return nil }
        self.members = members
    }

    var id: String { members.string("id") ?? "?" }
    var kind: String { members.string("kind") ?? "?" }
    var index: String { members.number("index").map { String($0) } ?? "?" }

    /// To milliseconds: `2026-11-23T22:13:47.123Z`.
    var time: String {
        guard let time = members.string("time") else { return "?" }
        return time.utf8.count == 27 ? time.dropLast(4) + "Z" : time
    }

    /// The role that acted; else the roles of the session, else who it was.
    var who: String {
        if let role = members.string("role") { return role }
        let roles = members.objects("roles").compactMap { $0.string("name") }
        if !roles.isEmpty { return roles.joined(separator: ",") }
        return members.object("principal")?.string("subject") ?? "-"
    }

    var target: String {
        guard let target = members.object("target"), let name = target.string("name") else { return "-" }
        return target.string("database").map { "\(name)/\($0)" } ?? name
    }

    /// What was decided and how it ended, in a few words.
    var result: (words: String, tone: TextStyle.Tone) {
        if members["refusal"] != nil { return ("refused", .red) }
        guard let decision = members.object("decision")?.string("outcome") else { return ("-", .dim) }
        guard decision == "allow" else { return (decision, decision == "hold" ? .yellow : .red) }
        guard let outcome = members.object("outcome"), let status = outcome.string("status") else {
            return ("running", .dim)
        }
        switch status {
        case "ok": return (outcome.number("rows").map { "ok \($0) row\($0 == 1 ? "" : "s")" } ?? "ok", .green)
        case "unknown": return (status, .yellow)
        default: return (status, .red)
        }
    }

    /// The statement, or what else happened, on one line.
    var what: String {
        if kind == "command" { return RecordView.statement(members.object("command")) }
        if let reason = members.object("refusal")?.string("reason") { return reason }
        if let close = members.object("close") {
            let commands = close.number("commands") ?? 0
            let counts = "\(commands) command\(commands == 1 ? "" : "s"), \(close.number("denied") ?? 0) denied"
            return "\(close.string("reason") ?? "?") (\(counts))"
        }
        if kind == "session.opened" { return opening }
        if kind.hasPrefix("approval."), let approval = members.object("approval") { return told(approval) }
        if let gateway = members.object("gateway") {
            return gateway.string("reason") ?? gateway.string("version").map { "version \($0)" } ?? ""
        }
        return members.string("policy") ?? ""
    }

    /// `approve by ana@example.com: reviewed`, `expired`, or the statement that people are asked about.
    private func told(_ approval: JSONMembers) -> String {
        let reason = approval.string("reason").map { ": \($0)" } ?? ""
        if let answer = approval.string("answer") {
            return "\(answer) by \(members.object("principal")?.string("subject") ?? "?")\(reason)"
        }
        if kind == "approval.decided", let state = approval.string("state") {
            return approval.string("reason") == state ? state : state + reason
        }
        guard members["change_set"] == nil else { return "a change set" }
        return members.object("command").map { RecordView.statement($0) } ?? ""
    }

    private var opening: String {
        let source = members.object("source")
        let provenance = members.object("provenance")
        let parts = [
            ("from", source?.string("address")), ("with", source?.string("client")),
            ("run", provenance?.string("run")), ("commit", provenance?.string("commit")),
        ]
        return parts.compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: " ")
    }

    private static func statement(_ command: JSONMembers?) -> String {
        guard let command else { return "?" }
        if let text = command.string("text") { return text }
        let bytes = command.number("bytes").map { " of \($0) bytes" } ?? ""
        return "[a statement\(bytes), see audit show]"
    }
}
