internal import AccessModel
internal import AuditLog

extension AuditEvent {
    enum Grade: Int {
        case information, low, medium
    }

    /// Whether somebody was not let in.
    var isRefusal: Bool { kind == "authentication.refused" || kind == "person.refused" }

    /// Whether what was wanted was done; nil where that is not known, or is no question.
    var isSuccess: Bool? {
        switch kind {
        case "command":
            guard decided == "allow" else { return false }
            switch outcome?.string("status") {
            case "ok": return true
            case "unknown", nil: return nil
            default: return false
            }
        default: return !isRefusal
        }
    }

    var grade: Grade {
        switch isSuccess {
        case true: members.object("recovered") == nil ? .information : .medium
        case false: decided == "allow" ? .low : .medium
        default: .medium
        }
    }

    /// What a statement does, by the effect that weighs most: what takes away before what adds before what reads.
    var action: Action? {
        let order: [Action] = [
            .drop, .truncate, .delete, .create, .insert, .update, .alter, .grant, .administer, .serverProgram,
            .serverFile,
            .execute, .do, .maintain, .twoPhase, .setRole, .set, .notify, .listen, .lock, .select,
        ]
        let found = Set(effects.compactMap { $0.string("action").flatMap(Action.init(rawValue:)) })
        return order.first { found.contains($0) }
    }

    /// `update public.orders(status); select public.orders(id)`: no value of the statement stands in it.
    var summary: String {
        let words = effects.map { effect in
            let columns = (effect["columns"].flatMap { effect.text.elements(of: $0) } ?? [])
                .compactMap { effect.text.string(at: $0) }
            let list = columns.isEmpty ? "" : "(\(columns.joined(separator: ", ")))"
            return "\(effect.string("action") ?? "?") \(effect.string("object") ?? "?")\(list)"
        }
        return words.joined(separator: "; ")
    }

    /// What a person reads first; no value of a statement stands in it.
    var sentence: String {
        let who = role ?? subject ?? "somebody"
        switch kind {
        case "command":
            let what = effects.isEmpty ? "a statement without effects" : summary
            return "\(decided ?? "undecided") (\(outcome?.string("status") ?? "running")): \(who): \(what)"
        case "session.opened": return "session opened: \(who) on \(targetName ?? "?")"
        case "session.closed": return "session closed: \(who): \(close?.string("reason") ?? "?")"
        case "authentication.refused": return "authentication refused: \(refusal?.string("reason") ?? "?")"
        case "policy.loaded": return "policy loaded: \(members.string("policy") ?? "?")"
        case "gateway.started": return "gateway started, version \(gateway?.string("version") ?? "?")"
        case "gateway.stopped": return "gateway stopped: \(gateway?.string("reason") ?? "?")"
        case "approval.requested": return "approval requested: \(approval?.string("id") ?? "?")"
        case "approval.decided":
            return "approval \(approval?.string("state") ?? "decided"): \(approval?.string("id") ?? "?")"
        default: return kind
        }
    }

    /// Why, where something was refused or failed. A target's error may repeat values of the statement: with `digest`
    /// its SQLSTATE alone is told.
    func cause(_ statements: ExportTerms.Statements) -> String? {
        if let error = outcome?.string("error") { return statements == .full ? error : sqlState ?? "error" }
        return refusal?.string("reason") ?? decision?.string("reason") ?? close?.string("reason")
            ?? approval?.string("reason") ?? gateway?.string("reason") ?? members.object("login")?.string("reason")
    }
}
