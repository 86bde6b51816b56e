/// Who or what acts: principal, run, commit, with the links that the run came with.
enum ProvenanceFacts {
    static func rows(_ json: PageJSON) -> [PageView] {
        let principal = json["principal"]
        let who = principal["subject"].string.map { subject in
            Fact.text(
                "Principal",
                subject,
                note: [principal["kind"].string, principal["issuer"].string.map { "of \($0)" }]
                    .compactMap { $0 }.joined(separator: " ")
            )
        }
        let provenance = json["provenance"].members.compactMap { member in
            Fact.outward(label(member.name), member.value.words)
        }
        return [who ?? nil].compactMap { $0 } + provenance
    }

    private static let labels = [
        "id": "ID", "sha256": "SHA-256", "run_url": "Run on the web", "hmac_sha256": "HMAC-SHA-256",
        "of_index": "Of entry",
    ]

    /// `triggered_by` as `Triggered by`
    static func label(_ name: String) -> String {
        if let label = labels[name] { return label }
        let words = name.replacing("_", with: " ").replacing(".", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
