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
        for line in entry.statement.terminalLines { try printer.line(line) }
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
                ("principal", members.object("principal")?.string("subject") ?? ""),
                ("repository", provenance?.string("repository") ?? ""), ("commit", provenance?.string("commit") ?? ""),
                ("run", provenance?.string("run_url") ?? provenance?.string("run") ?? ""),
                ("triggered by", provenance?.string("triggered_by") ?? ""),
                ("reason", members.string("reason") ?? ""),
                ("answers", members.objects("answers").map(ApprovalView.answer).joined(separator: "; ")),
            ].filter { !$0.1.isEmpty }.map { ($0.0, $0.1.onOneLine) }
        )
    }

    private static func parameters(_ members: JSONMembers) -> String {
        guard let parameters = members.object("command")?.raw("parameters"), parameters.count > 2 else { return "" }
        return String(decoding: parameters, as: UTF8.self)
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
