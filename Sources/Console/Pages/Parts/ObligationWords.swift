/// What is owed when a command runs, in words.
enum ObligationWords {
    static func list(_ obligations: PageJSON) -> [String] {
        obligations.members.flatMap { member -> [String] in
            switch (member.name, member.value.number) {
            case ("rows_returned", let count?): ["at most \(Digits.grouped(count)) rows returned"]
            case ("rows_changed", let count?): ["at most \(Digits.grouped(count)) rows changed"]
            case ("statement_time_ms", let time?): ["at most \(Digits.duration(milliseconds: time)) in the target"]
            case ("detect", _):
                member.value.members.map { kind in
                    kind.value.string == "redact"
                        ? "\(kind.name) is redacted where it is found" : "\(kind.name) is reported"
                }
            case ("literals", _): ["constants and parameters are recorded as keyed hashes"]
            default: ["\(member.name): \(member.value.words ?? "…")"]
            }
        }
    }
}
