internal import AccessModel

/// An approval as a person reads it in a terminal.
struct ApprovalView {
    let entry: ApprovalList.Entry

    init(_ entry: ApprovalList.Entry) {
        self.entry = entry
    }

    func print(to printer: Printer) throws {
        let members = entry.members
        let provenance = members.object("provenance")
        if let set = members.object("change_set") {
            try ApprovalView.statements(of: set, printer)
        } else {
            for line in entry.statement.terminalLines { try printer.line(line) }
            if let layout = members.strings("formatted").first {
                try printer.line()
                try printer.line("laid out for reading, without comments:")
                for line in layout.terminalLines { try printer.line("    \(line)") }
            }
        }
        try printer.line()
        let effects = members.object("command")?.objects("effects") ?? []
        try printer.members(
            [
                ("approval", entry.id), ("state", entry.state), ("expires", members.string("expires") ?? ""),
                (
                    "missing",
                    "\(members.number("missing") ?? 0) of \(members.strings("approvers").joined(separator: ", "))"
                ),
                ("target", entry.target), ("role", entry.role),
                ("parameters", ApprovalView.parameters(members)),
                ("effects", effects.map(ApprovalView.effect).joined(separator: "; ")),
                ("rows", ApprovalView.rows(members)),
                ("principal", members.object("principal")?.string("subject") ?? ""),
                ("repository", provenance?.string("repository") ?? ""), ("commit", commit(members)),
                ("run", provenance?.string("run_url") ?? provenance?.string("run") ?? ""),
                ("triggered by", provenance?.string("triggered_by") ?? ""),
                ("reason", members.string("reason") ?? ""),
                ("without asking", ApprovalView.rules(members, "allow")),
                ("after a yes", ApprovalView.rules(members, "hold")), ("never", ApprovalView.rules(members, "deny")),
                ("answers", members.objects("answers").map(ApprovalView.answer).joined(separator: "; ")),
            ].filter { !$0.1.isEmpty }.map { ($0.0, $0.1.onOneLine) }
        )
    }

    /// Of a change set the one that it is for, else the run's.
    private func commit(_ members: JSONMembers) -> String {
        guard let set = members.object("change_set") else {
            return members.object("provenance")?.string("commit") ?? ""
        }
        return set.string("commit") ?? ""
    }

    /// A number, the statement and what it does; one that has served is marked.
    private static func statements(of set: JSONMembers, _ printer: Printer) throws {
        let used = set.elements("used").map { String(decoding: set.text.bytes[$0], as: UTF8.self) }
        for statement in set.objects("statements") {
            let number = statement.number("number").map { "\($0)" } ?? "?"
            let needs = statement.raw("needs_approval").map { $0.elementsEqual("true".utf8) } ?? true
            let mark = used.contains(number) ? " (used)" : needs ? "" : " (allowed without an approval)"
            let effects = statement.objects("effects").map(ApprovalView.effect).joined(separator: "; ")
            try printer.line("\(number).\(mark) \(effects.onOneLine)")
            for line in (statement.string("text") ?? "").terminalLines { try printer.line("   \(line)") }
        }
        let order = set.raw("ordered").map { $0.elementsEqual("true".utf8) } ?? false
        try printer.line(order ? "Each once, in this order." : "Each once, in any order.")
    }

    private static func parameters(_ members: JSONMembers) -> String {
        guard let command = members.object("command") else { return "" }
        return command.elements("parameters").enumerated().map { index, range in
            "$\(index + 1) = \(String(decoding: command.text.bytes[range], as: UTF8.self))"
        }.joined(separator: ", ")
    }

    /// What the role may do on the target anyway, by the policy in force.
    private static func rules(_ members: JSONMembers, _ verdict: String) -> String {
        members.objects("role_may").flatMap { $0.objects("rules") }.filter { $0.string("verdict") == verdict }
            .map { "\($0.string("action") ?? "?") \($0.string("object") ?? "?")" }.joined(separator: "; ")
    }

    /// What the target expects, and what the grant bounds.
    private static func rows(_ members: JSONMembers) -> String {
        let owed = members.object("obligations")
        let bounds = [("returned", owed?.number("rows_returned")), ("changed", owed?.number("rows_changed"))]
            .compactMap { word, rows in rows.map { "at most \($0) \(word)" } }
        let expected = members.number("estimated_rows").map { ["about \($0) expected"] } ?? []
        return (expected + bounds).joined(separator: ", ")
    }

    private static func effect(_ effect: JSONMembers) -> String {
        let columns = effect.strings("columns")
        let suffix = columns.isEmpty ? "" : "(\(columns.joined(separator: ", ")))"
        return "\(effect.string("action") ?? "?") \(effect.string("object") ?? "?")\(suffix)"
    }

    private static func answer(_ answer: JSONMembers) -> String {
        let reason = answer.string("reason").map { ": \($0)" } ?? ""
        return "\(answer.string("person") ?? "?") \(answer.string("answer") ?? "?")\(reason)"
    }
}
