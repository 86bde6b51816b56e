extension String {
    /// A backslash before each scalar that is asked for.
    func escaping(_ isSpecial: (Unicode.Scalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: isSpecial) else { return self }
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if isSpecial(scalar) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }
}
