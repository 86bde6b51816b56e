extension String {
    /// This text as an error may show it: bounded, and without control characters.
    var shown: String {
        let clean = unicodeScalars.prefix(60).map { scalar in
            scalar.properties.generalCategory == .control ? "?" : Character(scalar)
        }
        return String(clean) + (unicodeScalars.count > 60 ? "…" : "")
    }
}
