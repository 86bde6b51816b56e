/// What a command would do, in words.
enum EffectWords {
    /// `update public.orders (status, reconciled_at)`
    static func text(_ effect: PageJSON) -> String {
        let columns = effect["columns"].strings
        let list = columns.isEmpty ? "" : " (\(columns.joined(separator: ", ")))"
        return "\(effect["action"].string ?? "?") \(effect["object"].string ?? "?")\(list)"
    }

    static func list(_ effects: PageJSON) -> [String] { effects.items.map(text) }
}
