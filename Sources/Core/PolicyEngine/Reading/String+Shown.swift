extension String {
    /// This text as an error may show it: bounded, and without control characters.
    var shown: String { shown(limit: 60) }

    /// `limit`: in Unicode scalars.
    func shown(limit: Int) -> String {
        let clean = unicodeScalars.prefix(limit).map { scalar in
            scalar.properties.generalCategory == .control ? "?" : Character(scalar)
        }
        return String(clean) + (unicodeScalars.count > limit ? "…" : "")
    }
}
